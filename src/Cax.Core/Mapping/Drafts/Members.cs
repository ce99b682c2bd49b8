using System.Runtime.InteropServices;
using System.Text.Json;

namespace Cax.Core.Mapping.Drafts;

/// <summary>The members of one object of the event, in order. Names are unique because the parser refuses duplicates.</summary>
internal sealed class Members(Draft draft)
{
    private readonly List<Member> _list = [];

    public int Count => _list.Count;

    public Member this[int index] => _list[index];

    /// <summary>Takes over every member of an object of the record. This is no change.</summary>
    public void Load(JsonElement source)
    {
        foreach (var property in source.EnumerateObject())
        {
            _list.Add(new Member(draft.NameOf(property), draft.ValueOf(property.Value), property.Value, false, null));
        }
    }

    public void Clear() => _list.Clear();

    /// <summary>The value as JSON text; empty when there is none or when it was opened with <see cref="Open"/>.</summary>
    public ReadOnlySpan<byte> Raw(ReadOnlySpan<byte> name) => IndexOf(name) is var at and >= 0 ? _list[at].Value.Span : default;

    public bool Has(ReadOnlySpan<byte> name) => IndexOf(name) >= 0;

    /// <summary>Whether there is nothing under the name: no member, <c>null</c> or an empty text (CAX reference 12.23).</summary>
    public bool Lacks(ReadOnlySpan<byte> name) =>
        IndexOf(name) is var at && (at < 0 || (_list[at].Nested is null && JsonText.IsNothing(_list[at].Value.Span)));

    public string? Text(ReadOnlySpan<byte> name) => JsonText.Text(Raw(name));

    /// <summary>A text without quotes and escapes; empty when there is none.</summary>
    public ReadOnlySpan<byte> Utf8(ReadOnlySpan<byte> name) => draft.Utf8(Raw(name));

    /// <summary>An id: a text, or an integer digit for digit; empty when it is anything else.</summary>
    public ReadOnlySpan<byte> Utf8Id(ReadOnlySpan<byte> name) => draft.Id(Raw(name));

    /// <summary>An id: a text, or an integer digit for digit; null when it is anything else or empty.</summary>
    public string? Id(ReadOnlySpan<byte> name) => JsonText.Id(Raw(name));

    /// <summary>The object under a name, ready for editing; null when there is none. Opening is no change.</summary>
    public Members? Open(ReadOnlySpan<byte> name)
    {
        var at = IndexOf(name);
        if (at < 0)
        {
            return null;
        }

        var member = _list[at];
        if (member.Nested is null && member.Element.ValueKind == JsonValueKind.Object)
        {
            var nested = draft.NewMembers();
            nested.Load(member.Element);
            _list[at] = member with { Nested = nested };
        }

        return _list[at].Nested;
    }

    /// <summary>As <see cref="Open"/>, but makes the object when there is nothing; null when something else is in its place.</summary>
    public Members? OpenOrAdd(ReadOnlySpan<byte> name)
    {
        if (Open(name) is { } members)
        {
            return members;
        }

        return Lacks(name) ? Nest(name, draft.Keep(name)) : null;
    }

    /// <summary>As the other one, with a name that is kept as it is.</summary>
    public Members? OpenOrAdd(ReadOnlyMemory<byte> name) =>
        Open(name.Span) is { } members ? members : Lacks(name.Span) ? Nest(name.Span, name) : null;

    public void Set(ReadOnlySpan<byte> name, ReadOnlyMemory<byte> json) => Put(name, json, isCompact: false);

    /// <summary>As the other one, with a name that is kept as it is.</summary>
    /// <param name="name">The name as UTF-8.</param>
    /// <param name="json">The value.</param>
    /// <param name="isCompact">Whether the value has no white space between its parts for sure, as what a draft has written.</param>
    public void Set(ReadOnlyMemory<byte> name, ReadOnlyMemory<byte> json, bool isCompact) =>
        Put(IndexOf(name.Span), new Member(name, json, default, isCompact, null));

    public void SetText(ReadOnlySpan<byte> name, string text) => Put(name, draft.TextJson(text), isCompact: true);

    public void SetText(ReadOnlySpan<byte> name, ReadOnlySpan<byte> utf8) => Put(name, draft.TextJson(utf8), isCompact: true);

    public void SetNumber(ReadOnlySpan<byte> name, decimal number) => Put(name, draft.NumberJson(number), isCompact: true);

    public void SetNumber(ReadOnlySpan<byte> name, long number) => Put(name, draft.NumberJson(number), isCompact: true);

    /// <summary>Sets what is written, which must be one value.</summary>
    public void Build<T>(ReadOnlySpan<byte> name, T state, Action<JsonOutput, T> write) => Put(name, draft.Build(state, write), isCompact: true);

    public void Add(Member member)
    {
        _list.Add(member);
        draft.Changed = true;
    }

    public void Rename(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        if (IndexOf(from) is var at and >= 0)
        {
            _list[at] = _list[at] with { Name = draft.Keep(to) };
            draft.Changed = true;
        }
    }

    /// <summary>Takes a member out and hands it over; false when there is none.</summary>
    public bool Take(ReadOnlySpan<byte> name, out Member member)
    {
        var at = IndexOf(name);
        member = at < 0 ? default : _list[at];
        if (at >= 0)
        {
            _list.RemoveAt(at);
            draft.Changed = true;
        }

        return at >= 0;
    }

    public void Remove(ReadOnlySpan<byte> name) => Take(name, out _);

    public void Write(JsonOutput output)
    {
        output.OpenObject();
        foreach (ref readonly var member in CollectionsMarshal.AsSpan(_list))
        {
            output.Name(member.Name.Span);
            if (member.Nested is { } nested)
            {
                nested.Write(output);
            }
            else if (member.IsCompact)
            {
                output.Compact(member.Value.Span);
            }
            else
            {
                output.Raw(member.Value.Span);
            }
        }

        output.CloseObject();
    }

    private Members Nest(ReadOnlySpan<byte> name, ReadOnlyMemory<byte> keptName)
    {
        var nested = draft.NewMembers();
        Put(IndexOf(name), new Member(keptName, default, default, false, nested));
        return nested;
    }

    private void Put(ReadOnlySpan<byte> name, ReadOnlyMemory<byte> json, bool isCompact)
    {
        var at = IndexOf(name);
        Put(at, new Member(at < 0 ? draft.Keep(name) : _list[at].Name, json, default, isCompact, null));
    }

    private void Put(int at, Member member)
    {
        if (at >= 0)
        {
            _list[at] = member;
        }
        else
        {
            _list.Add(member);
        }

        draft.Changed = true;
    }

    private int IndexOf(ReadOnlySpan<byte> name)
    {
        var span = CollectionsMarshal.AsSpan(_list);
        for (var i = 0; i < span.Length; i++)
        {
            if (span[i].Name.Length == name.Length && span[i].Name.Span.SequenceEqual(name))
            {
                return i;
            }
        }

        return -1;
    }
}
