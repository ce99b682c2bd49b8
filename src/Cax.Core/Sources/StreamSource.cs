namespace Cax.Core.Sources;

/// <summary>A file, a blob or another stream, before it is opened.</summary>
/// <param name="Name">What a person calls it.</param>
/// <param name="Identity">What tells it from everything else that is read, the same whenever the same content is offered.</param>
/// <param name="ReceivedAt">When the source got this content.</param>
/// <param name="Open">Opens it for reading from its beginning to its end; an <see cref="IOException"/> says that it cannot be read.</param>
public sealed record StreamSource(string Name, string Identity, DateTimeOffset ReceivedAt, Func<CancellationToken, ValueTask<Stream>> Open);
