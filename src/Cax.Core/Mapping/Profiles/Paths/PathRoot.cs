namespace Cax.Core.Mapping.Profiles.Paths;

/// <summary>Where a path begins.</summary>
internal enum PathRoot
{
    /// <summary><c>$</c></summary>
    Record,

    /// <summary><c>$$</c>: the message around the record.</summary>
    Message,

    /// <summary><c>@</c>: the element of the innermost <c>each</c>.</summary>
    Element,

    /// <summary><c>@@</c>: the element of the <c>each</c> around that one.</summary>
    Outer,

    /// <summary><c>@*</c>: all elements of a group.</summary>
    Group,
}
