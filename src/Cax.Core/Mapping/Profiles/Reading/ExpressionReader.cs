using System.Text.Json;
using Cax.Core.Mapping.Profiles.Operators;
using Cax.Core.Mapping.Profiles.Paths;
using Cax.Core.Settings;

namespace Cax.Core.Mapping.Profiles.Reading;

/// <summary>Reads expressions: a text is a path, a number, true or false is itself, an object is an operator with its options.</summary>
internal sealed class ExpressionReader
{
    private const string Expected = "a path such as \"$.id\", a number, true, false, or an object with an operator";

    private readonly ReadingContext _context;
    private readonly AmountOperators _amounts;
    private readonly TextOperators _texts;
    private readonly TimeOperators _times;
    private readonly ListOperators _lists;

    public ExpressionReader(ReadingContext context)
    {
        _context = context;
        Conditions = new ConditionReader(context, this);
        _amounts = new AmountOperators(context, this);
        _texts = new TextOperators(context, this);
        _times = new TimeOperators(context, this);
        _lists = new ListOperators(context, this);
    }

    public ConditionReader Conditions { get; }

    /// <summary>Null when there is a mistake in it, which is then told.</summary>
    public Expression? Read(Spot spot, Scope scope)
    {
        switch (spot.Kind)
        {
            case JsonValueKind.String:
                return Path(spot, scope);
            case JsonValueKind.Number:
                return _context.Values.Decimal(spot) is { } number ? One(Constant.Of(number)) : null;
            case JsonValueKind.True or JsonValueKind.False:
                return One(Constant.Of(spot.Kind == JsonValueKind.True));
            case JsonValueKind.Object:
                return MemberTable.Read(spot, Expected, _context.Problems) is { } members && Choose(members) is { } form ? Read(form, members, scope) : null;
            case JsonValueKind.Array:
                _context.Problems.Add(spot, $"is a list; expected {Expected}", "{\"first\": […]} or {\"list\": […]}");
                return null;
            default:
                _context.Problems.Add(spot, $"is null; expected {Expected}, or leave it out");
                return null;
        }
    }

    /// <summary>Only the operator: for where lists and single values do alike.</summary>
    public Operator? Any(Spot spot, Scope scope) => Read(spot, scope)?.Operator;

    /// <summary>An expression that gives one value at most.</summary>
    public Operator? Single(Spot spot, Scope scope)
    {
        if (Read(spot, scope) is not { } expression)
        {
            return null;
        }

        if (!expression.IsList)
        {
            return expression.Operator;
        }

        _context.Problems.Add(
            spot, "may give several values where one is expected; take one of them, or sum, join or count them",
            spot.Text is { } path && path.Contains("[]", StringComparison.Ordinal) ? path.Replace("[]", "[0]", StringComparison.Ordinal) : null);
        return null;
    }

    /// <summary>Every one of several expressions; null when one of them is a mistake.</summary>
    public Expression[]? All(Spot spot, Scope scope) => _context.Values.List(spot, part => Read(part, scope));

    private static Expression One(Operator @operator) => new(@operator, IsList: false);

    private Expression? TimeOfArrival(Spot main)
    {
        if (main.Kind == JsonValueKind.True)
        {
            return One(new Received());
        }

        _context.Problems.Add(main, "must be true: the time of arrival has no options", "true");
        return null;
    }

    private Expression? Path(Spot spot, Scope scope)
    {
        var text = spot.Text!;
        if (!text.StartsWith('$') && !text.StartsWith('@'))
        {
            var constant = $"{{\"constant\": {Quoted.Text(text)}}}";
            _context.Problems.Add(
                spot, "is no path: a path begins with $, $$, @, @@ or @*, and a fixed text is a constant",
                SourcePath.TryParse("$." + text, out _, out _) ? $"{constant} or \"$.{text}\"" : constant);
            return null;
        }

        return _context.Values.Path(spot) is { } path && IsInScope(spot, text, path.Root, scope) ? new Expression(new PathValue(path), path.IsList) : null;
    }

    private bool IsInScope(Spot spot, string text, PathRoot root, Scope scope)
    {
        var message = root switch
        {
            PathRoot.Element when scope.Depth == 0 => "@ is the element of an each, and no each is around it",
            PathRoot.Outer when scope.Depth < 2 => "@@ is the element of the next outer each, and no two of them are around it",
            PathRoot.Group when !scope.InGroup => "@* is all elements of a group, and no each with a group is around it",
            _ => null,
        };
        if (message is null)
        {
            return true;
        }

        var rest = root == PathRoot.Element ? text[1..] : text[2..];
        _context.Problems.Add(spot, message, (scope.Depth == 0 ? "$" : "@") + rest);
        return false;
    }

    /// <summary>The operator that an object is meant to be.</summary>
    private OperatorForm? Choose(MemberTable members)
    {
        var known = members.Names.Select(ProfileVocabulary.Operator).OfType<OperatorForm>().ToList();
        if (known.Count == 1)
        {
            return known[0];
        }

        // A few names are operators and options of others: {"phone": …, "country": …}.
        if (known.Find(form => known.TrueForAll(other => other == form || form.Takes(other.Name))) is { } owner)
        {
            return owner;
        }

        if (known.Count > 1)
        {
            _context.Problems.Add(members.Self, $"has {known.Count} operators where one is expected: {Quoted.List(known.Select(form => form.Name))}");
        }
        else if (members.Names.FirstOrDefault(name => ProfileVocabulary.Conditions.Contains(name)) is { } condition)
        {
            _context.Problems.Add(
                members.Self, $"is a condition ({condition}) where an expression is expected", "{\"when\": {…}, \"then\": …}");
        }
        else
        {
            TellUnknown(members);
        }

        return null;
    }

    private void TellUnknown(MemberTable members)
    {
        var names = ProfileVocabulary.Operators.Select(form => form.Name).ToList();
        var known = $"operators are {Quoted.List(names)}";

        // The member that is no option of any operator is the one that was meant as the operator.
        var meant = members.All.FirstOrDefault(member => !Array.Exists(ProfileVocabulary.Operators, form => form.Takes(member.Name)));
        if (meant.Name is null)
        {
            _context.Problems.Add(members.Self, $"has no operator; {known}");
        }
        else
        {
            _context.Problems.Add(meant.Value, $"{Quoted.Text(meant.Name)} is no operator; {known}", NearestName.Of(meant.Name, names));
        }
    }

    private Expression? Read(OperatorForm form, MemberTable members, Scope scope)
    {
        members.Expect(form.Name, [form.Name, .. form.Required], form.Optional);
        members.TryGet(form.Name, out var main);
        return form.Name switch
        {
            "constant" => Fixed(main),
            "first" => All(main, scope) is { } parts ? new Expression(new FirstOf(Operators(parts)), Array.Exists(parts, part => part.IsList)) : null,
            "when" => When(main, members, scope),
            "property" => _context.Values.Text(main) is { } name ? One(new Property(name)) : null,
            "parameter" => NamedParameter(main) is { } parameter ? One(parameter) : null,
            "received" => TimeOfArrival(main),
            "list" or "join" or "split" or "each" or "count" => _lists.Read(form.Name, main, members, scope),
            "decimal" or "minor" or "sum" or "difference" or "product" or "ratio" or "absolute" or "round" => _amounts.Read(form.Name, main, members, scope),
            "timestamp" or "date" => _times.Read(form.Name, main, members, scope),
            _ => _texts.Read(form.Name, main, members, scope),
        };
    }

    public static Operator[] Operators(Expression[] parts) => [.. parts.Select(part => part.Operator)];

    /// <summary>A parameter that the document declares.</summary>
    public Parameter? NamedParameter(Spot spot)
    {
        if (_context.Values.Text(spot) is not { } name)
        {
            return null;
        }

        if (_context.Parameters.TryGetValue(name, out var value))
        {
            return new Parameter(name, value);
        }

        _context.Problems.Add(spot, $"there is no parameter {Quoted.Text(name)} in \"parameters\"", NearestName.Of(name, _context.Parameters.Keys));
        return null;
    }

    private Expression? Fixed(Spot spot)
    {
        switch (spot.Kind)
        {
            case JsonValueKind.String:
                return _context.Values.Text(spot) is { } text ? One(Constant.Of(text)) : null;
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                return Read(spot, default);
            default:
                _context.Problems.Add(spot, $"is {spot.Form}; a constant is a text, a number, true or false");
                return null;
        }
    }

    private Expression? When(Spot main, MemberTable members, Scope scope)
    {
        var condition = Conditions.Read(main, scope);
        var then = members.TryGet("then", out var spot) ? Read(spot, scope) : null;
        var hasElse = members.TryGet("else", out spot);
        var otherwise = hasElse ? Read(spot, scope) : null;
        return condition is null || then is null || (hasElse && otherwise is null)
            ? null
            : new Expression(new Choice(condition, then.Operator, otherwise?.Operator), then.IsList || otherwise?.IsList == true);
    }
}
