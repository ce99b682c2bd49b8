namespace Cax.Core.Sources;

/// <summary>How JSON values follow each other.</summary>
public enum JsonLayout
{
    /// <summary>The first line that is not empty tells.</summary>
    Undecided,

    /// <summary>One value a line: a broken line costs itself.</summary>
    Lines,

    /// <summary>Values over as many lines as they like: a syntax error costs the rest.</summary>
    Document,
}
