using System.Globalization;
using System.Text.Json;

namespace Cax.Simulator.Control;

/// <summary>
/// The body of <c>POST /twin/faults</c>: one order or an array of them, all of them taken or none. An order is a fault
/// (<c>status</c>, <c>count</c>, <c>retryAfter</c>, <c>delayMs</c>, <c>reset</c>) or a <c>poison</c> text.
/// </summary>
internal sealed class FaultOrder
{
    private readonly List<TwinFault> _faults = [];
    private readonly List<string> _poison = [];

    public IReadOnlyList<TwinFault> Faults => _faults;

    public IReadOnlyList<string> Poison => _poison;

    public string? Problem { get; private set; }

    public static FaultOrder Wrong(string problem) => new() { Problem = problem };

    public static FaultOrder Read(JsonElement body)
    {
        var order = new FaultOrder();
        try
        {
            if (body.ValueKind != JsonValueKind.Array) order.Add(body);
            else foreach (var element in body.EnumerateArray()) order.Add(element);
        }
        catch (Exception wrong) when (wrong is InvalidOperationException or FormatException)
        {
            return Wrong("a member has the wrong type");
        }

        return order;
    }

    private void Add(JsonElement order)
    {
        var fault = new TwinFault();
        string? poison = null;
        var members = 0;
        foreach (var member in order.EnumerateObject())
        {
            members++;
            if (member.Name == "poison") poison = member.Value.GetString();
            else if (With(fault, member) is { } changed) fault = changed;
            else Problem ??= "unknown member; known are status, count, retryAfter, delayMs, reset, poison";
        }

        if (poison is null) AddFault(fault);
        else if (poison.Length == 0 || members > 1) Problem ??= "poison is a text and stands alone";
        else _poison.Add(poison);
    }

    private void AddFault(TwinFault fault)
    {
        Problem ??= fault.Problems().FirstOrDefault();
        _faults.Add(fault);
    }

    private static TwinFault? With(TwinFault fault, JsonProperty member) => member.Name switch
    {
        "status" => fault with { Status = IsNull(member) ? null : member.Value.GetInt32() },
        "count" => fault with { Count = member.Value.GetInt32() },
        "retryAfter" => fault with { RetryAfter = RetryAfter(member.Value) },
        "delayMs" => fault with { Delay = DelayOf(member.Value.GetInt32()) },
        "reset" => fault with { Reset = member.Value.GetBoolean() },
        _ => null,
    };

    private static bool IsNull(JsonProperty member) => member.Value.ValueKind == JsonValueKind.Null;

    private static string? RetryAfter(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number ? value.GetInt32().ToString(CultureInfo.InvariantCulture) : value.GetString();

    // No delay is no fault by itself, so that an order with "delayMs": 0 and nothing else is told that it lacks something.
    private static TimeSpan? DelayOf(int milliseconds) => milliseconds == 0 ? null : TimeSpan.FromMilliseconds(milliseconds);
}
