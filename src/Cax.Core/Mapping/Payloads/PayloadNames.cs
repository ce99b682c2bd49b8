using Cax.Core.Mapping.Tape;

namespace Cax.Core.Mapping.Payloads;

/// <summary>The names by which shapes are told apart.</summary>
internal static class PayloadNames
{
    public static readonly MemberName EventName = new("event_name");
    public static readonly MemberName Event = new("event");
    public static readonly MemberName EventId = new("eventId");
    public static readonly MemberName HitId = new("hitId");
    public static readonly MemberName MessageId = new("messageId");
    public static readonly MemberName Name = new("name");
    public static readonly MemberName Properties = new("properties");
    public static readonly MemberName Type = new("type");
}
