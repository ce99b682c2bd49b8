namespace Cax.Cli.Profiles.Drafting;

/// <summary>A file that is read more than once, each time from its beginning.</summary>
/// <param name="Name">Its path, or what stands for standard input.</param>
/// <param name="Open">Opens it.</param>
internal sealed record SampleInput(string Name, Func<Stream> Open)
{
    /// <summary>Null when there is no such file, or it cannot be read, which is then told.</summary>
    public static async Task<SampleInput?> FindAsync(CliConsole console, string name, CancellationToken cancellation)
    {
        try
        {
            if (name == "-")
            {
                using var all = new MemoryStream();
                await console.Input.CopyToAsync(all, cancellation);
                var bytes = all.ToArray();
                return new SampleInput(name, () => new MemoryStream(bytes, writable: false));
            }

            await File.OpenRead(name).DisposeAsync();
            return new SampleInput(name, () => File.OpenRead(name));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            console.Say(e is FileNotFoundException or DirectoryNotFoundException ? $"{name}: no such file" : $"{name}: cannot be read");
            return null;
        }
    }
}
