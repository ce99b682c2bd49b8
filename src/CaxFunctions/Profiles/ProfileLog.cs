using Microsoft.Extensions.Logging;

namespace CaxFunctions.Profiles;

/// <summary>What is logged about profiles. Ids 600 to 649 stay what they are. They tell what stands in profiles, and hold nothing of a record or of the settings.</summary>
internal static partial class ProfileLog
{
    [LoggerMessage(600, LogLevel.Information, "The profiles of {Container} were read: {Documents}, of which {Broken} have mistakes")]
    public static partial void Loaded(this ILogger log, string container, int documents, int broken);

    [LoggerMessage(601, LogLevel.Error, "{Place} has {Count} mistakes. It stays as it was read last, or is not used if it never was without mistakes. {Mistakes}")]
    public static partial void Broken(this ILogger log, string place, int count, string mistakes);

    [LoggerMessage(602, LogLevel.Warning, "The profiles of {Container} cannot be read: {Failure}. It is tried {Left} more times before the app gives up its start")]
    public static partial void NotLoaded(this ILogger log, string container, string failure, int left);

    [LoggerMessage(603, LogLevel.Warning, "The profiles of {Container} cannot be read: {Failure}. They stay as they were read last")]
    public static partial void NotReloaded(this ILogger log, string container, string failure);

    [LoggerMessage(604, LogLevel.Information, "The profiles of {Container} can be read again")]
    public static partial void ReadAgain(this ILogger log, string container);

    [LoggerMessage(605, LogLevel.Critical, "Whether profiles are changed is looked at no more: a failure that should not be. They stay as they were read last. This is a bug of the connector. {Bug}")]
    public static partial void Failed(this ILogger log, string bug);
}
