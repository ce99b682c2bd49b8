using System.Globalization;

namespace Cax.Core.Events.Json;

/// <summary>
/// Where in an event a rule looks: the event, an object in it, an item, or an object in an item.
/// It becomes text only when there is something to report, which for most events is never.
/// </summary>
internal readonly struct Place
{
    private const int None = -1;

    private readonly string _root;
    private readonly string? _member;
    private readonly int _index;
    private readonly string? _child;

    private Place(string root, string? member, int index, string? child)
    {
        _root = root;
        _member = member;
        _index = index;
        _child = child;
    }

    /// <summary>The event itself: <c>$</c>, or <c>$.batch[3]</c>.</summary>
    public static Place Event(string root) => new(root, null, None, null);

    public Place Member(string name) => _member is null ? new(_root, name, None, null) : new(_root, _member, _index, name);

    public Place Element(int index) => new(_root, _member, index, null);

    /// <summary>The path of a property of this place, whether it is there or missing.</summary>
    public string Of(string property) => ToString() + PathText.Step(property);

    public override string ToString()
    {
        var text = _member is null ? _root : _root + PathText.Step(_member);
        if (_index != None)
        {
            text += string.Create(CultureInfo.InvariantCulture, $"[{_index}]");
        }

        return _child is null ? text : text + PathText.Step(_child);
    }
}
