using System.Runtime.CompilerServices;

namespace Cax.Core.Tests.Support;

/// <summary>A test over the folder of real inputs; skipped where the environment does not name one.</summary>
public sealed class SkippableSamplesAttribute : FactAttribute
{
    public SkippableSamplesAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line)
    {
        if (!Directory.Exists(Folder))
        {
            Skip = "CAX_SAMPLES does not name a folder of sample inputs";
        }
    }

    public static string? Folder => Environment.GetEnvironmentVariable("CAX_SAMPLES");
}
