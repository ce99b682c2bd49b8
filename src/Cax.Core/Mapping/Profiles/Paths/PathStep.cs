using Cax.Core.Mapping.Tape;

namespace Cax.Core.Mapping.Profiles.Paths;

internal enum StepKind
{
    /// <summary><c>.name</c></summary>
    Member,

    /// <summary><c>.*</c>: the first member that has something.</summary>
    AnyMember,

    /// <summary><c>[2]</c>, <c>[-1]</c></summary>
    Position,

    /// <summary><c>[]</c></summary>
    Every,

    /// <summary><c>[name=email]</c></summary>
    Where,
}

/// <summary>One step of a path.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Name">The member of a member step.</param>
/// <param name="Position">The position of a position step.</param>
/// <param name="Key">Where a where step finds the text to compare, from the element on.</param>
/// <param name="Wanted">The text it compares with, as UTF-8.</param>
internal sealed record PathStep(StepKind Kind, MemberName? Name = null, int Position = 0, MemberName[]? Key = null, byte[]? Wanted = null);
