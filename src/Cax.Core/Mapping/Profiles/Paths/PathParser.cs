using System.Globalization;
using System.Text;
using Cax.Core.Mapping.Tape;

namespace Cax.Core.Mapping.Profiles.Paths;

/// <summary>Reads <c>$.items[].sku</c>, <c>$['odd name'][0]</c>, <c>$.answers[field.ref=mail].email</c>.</summary>
internal ref struct PathParser(string text)
{
    private readonly List<PathStep> _steps = [];
    private int _at;
    private PathMistake? _mistake;

    public SourcePath? Parse(out PathMistake mistake)
    {
        var root = Root();
        while (_mistake is null && _at < text.Length)
        {
            Step();
        }

        mistake = _mistake ?? default;
        return _mistake is null ? new SourcePath(text, root, [.. _steps]) : null;
    }

    private PathRoot Root()
    {
        foreach (var (sign, root) in Roots)
        {
            if (text.StartsWith(sign, StringComparison.Ordinal))
            {
                _at = sign.Length;
                return root;
            }
        }

        Expect("a path begins with $ (the record), $$ (the message) or @ (the element)");
        return default;
    }

    private static readonly (string Sign, PathRoot Root)[] Roots =
        [("$$", PathRoot.Message), ("$", PathRoot.Record), ("@@", PathRoot.Outer), ("@*", PathRoot.Group), ("@", PathRoot.Element)];

    private void Step()
    {
        switch (text[_at])
        {
            case '.':
                _at++;
                AfterPoint();
                break;
            case '[':
                _at++;
                Bracket();
                break;
            default:
                Expect("a point or [ between two steps; write odd names as ['odd name']");
                break;
        }
    }

    private void AfterPoint()
    {
        if (_at < text.Length && text[_at] == '*')
        {
            _at++;
            _steps.Add(new PathStep(StepKind.AnyMember));
        }
        else
        {
            Add(Name("a name after the point, or * for any"));
        }
    }

    private void Bracket()
    {
        if (_at >= text.Length)
        {
            Expect("], a position, a quoted name or name=value");
        }
        else if (text[_at] == ']')
        {
            _at++;
            _steps.Add(new PathStep(StepKind.Every));
        }
        else if (text[_at] == '\'')
        {
            Add(Quoted());
            Close();
        }
        else if (text[_at] == '-' || char.IsAsciiDigit(text[_at]))
        {
            Position();
            Close();
        }
        else
        {
            Where();
            Close();
        }
    }

    private void Position()
    {
        var from = _at++;
        while (_at < text.Length && char.IsAsciiDigit(text[_at]))
        {
            _at++;
        }

        if (int.TryParse(text.AsSpan(from, _at - from), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var position))
        {
            _steps.Add(new PathStep(StepKind.Position, Position: position));
        }
        else
        {
            _at = from;
            Expect("a position: 0 for the first, -1 for the last");
        }
    }

    private void Where()
    {
        var key = new List<MemberName>();
        do
        {
            _at += key.Count > 0 ? 1 : 0;
            if (Name("the name of a member, as in [name=email]") is not { } name)
            {
                return;
            }

            key.Add(new MemberName(name));
        }
        while (_at < text.Length && text[_at] == '.');

        if (_at >= text.Length || text[_at] != '=')
        {
            Expect("= and the text to look for, as in [name=email]");
            return;
        }

        _at++;
        var wanted = _at < text.Length && text[_at] == '\'' ? Quoted() : Bare();
        if (wanted is not null)
        {
            _steps.Add(new PathStep(StepKind.Where, Key: [.. key], Wanted: Encoding.UTF8.GetBytes(wanted)));
        }
    }

    private string? Bare()
    {
        var end = text.IndexOf(']', _at);
        if (end <= _at)
        {
            Expect("a text before ]");
            return null;
        }

        var bare = text[_at..end];
        _at = end;
        return bare;
    }

    private string? Name(string expected)
    {
        var from = _at;
        while (_at < text.Length && (char.IsLetterOrDigit(text[_at]) || text[_at] is '_' or '-' or '$'))
        {
            _at++;
        }

        if (_at > from)
        {
            return text[from.._at];
        }

        Expect(expected);
        return null;
    }

    private string? Quoted()
    {
        var from = _at++;
        var name = new StringBuilder();
        while (_at < text.Length)
        {
            if (text[_at] != '\'')
            {
                name.Append(text[_at++]);
            }
            else if (_at + 1 < text.Length && text[_at + 1] == '\'')
            {
                name.Append('\'');
                _at += 2;
            }
            else
            {
                _at++;
                return name.ToString();
            }
        }

        _at = from;
        Expect("a closing quote");
        return null;
    }

    private void Close()
    {
        if (_mistake is not null)
        {
            return;
        }

        if (_at < text.Length && text[_at] == ']')
        {
            _at++;
        }
        else
        {
            Expect("]");
        }
    }

    private readonly void Add(string? name)
    {
        if (name is not null)
        {
            _steps.Add(new PathStep(StepKind.Member, new MemberName(name)));
        }
    }

    private void Expect(string what) => _mistake ??= new PathMistake(Math.Min(_at, text.Length), $"expected {what}");
}
