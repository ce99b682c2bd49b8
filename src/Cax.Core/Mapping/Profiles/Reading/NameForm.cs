using System.Text.RegularExpressions;

namespace Cax.Core.Mapping.Profiles.Reading;

/// <summary>What a kind of name may look like.</summary>
internal sealed partial class NameForm
{
    public static readonly NameForm Profile = new(ProfileName(), '-', "1 to 41 lower-case letters, digits and dashes, not beginning with a dash");
    public static readonly NameForm Rule = new(RuleName(), '_', "1 to 41 lower-case letters, digits and underscores, beginning with a letter");
    public static readonly NameForm Event = new(MemberName(), '_', "1 to 64 lower-case letters, digits and underscores, beginning with a letter");
    public static readonly NameForm Own = new(OwnName(), '_', "1 to 41 letters, digits, underscores and dashes, beginning with a letter");

    private readonly Regex _form;
    private readonly char _filler;

    private NameForm(Regex form, char filler, string expected)
    {
        _form = form;
        _filler = filler;
        Expected = expected;
    }

    public string Expected { get; }

    /// <summary>The form as a regular expression.</summary>
    public string Pattern => _form.ToString();

    public bool Fits(string name) => _form.IsMatch(name);

    /// <summary>The name in lower case and with other characters replaced, if that is all it takes.</summary>
    public string? Mend(string name)
    {
        var mended = string.Concat(name.Trim().ToLowerInvariant().Select(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) ? c : _filler)).Trim(_filler);
        return Fits(mended) ? mended : null;
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,40}\z")]
    private static partial Regex ProfileName();

    [GeneratedRegex(@"^[a-z][a-z0-9_]{0,40}\z")]
    private static partial Regex RuleName();

    [GeneratedRegex(@"^[a-z][a-z0-9_]{0,63}\z")]
    private static partial Regex MemberName();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_-]{0,40}\z")]
    private static partial Regex OwnName();
}
