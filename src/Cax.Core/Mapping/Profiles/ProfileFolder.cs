namespace Cax.Core.Mapping.Profiles;

/// <summary>The profiles of an owner in a directory and the directories below it.</summary>
public static class ProfileFolder
{
    /// <summary>Their documents, in the order of their names; one more than can be used when there are too many.</summary>
    /// <exception cref="IOException">The directory is not there, or cannot be read.</exception>
    public static IReadOnlyList<ProfileDocument> Read(string directory)
    {
        try
        {
            return
            [
                .. Directory.EnumerateFiles(directory, "*" + ProfileDocument.Ending, SearchOption.AllDirectories)
                    .Order(StringComparer.Ordinal)
                    .Take(ProfileCatalog.MostDocuments + 1)
                    .Select(path => new ProfileDocument(path, ReadFile(path))),
            ];
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    private static ReadOnlyMemory<byte> ReadFile(string path)
    {
        using var file = File.OpenRead(path);
        var utf8 = new byte[Math.Min(file.Length, ProfileDocument.MostBytes + 1)];
        var read = file.ReadAtLeast(utf8, utf8.Length, throwOnEndOfStream: false);
        return utf8.AsMemory(0, read);
    }
}
