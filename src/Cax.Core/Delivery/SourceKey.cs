namespace Cax.Core.Delivery;

/// <summary>The source key of a CAX site. It is a credential: it prints itself as stars, and only <see cref="CollectUrl"/> uses its value.</summary>
public sealed class SourceKey
{
    private readonly string _value;

    public SourceKey(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        _value = value;
    }

    /// <summary>Whether it has the form of a version 2 key, a UUID (CAX reference 2.2).</summary>
    public bool HasUsualShape => Guid.TryParseExact(_value, "D", out _);

    /// <summary>Whether it is this key; used to find it among the sources of a site (CAX reference 8.3).</summary>
    public bool Equals(string? other) => string.Equals(_value, other, StringComparison.OrdinalIgnoreCase);

    public override bool Equals(object? obj) => obj is SourceKey other && Equals(other._value);

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(_value);

    public override string ToString() => "***";

    internal string Reveal() => _value;
}
