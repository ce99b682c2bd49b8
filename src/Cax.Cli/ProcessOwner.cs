using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Cax.Cli;

/// <summary>This process as the owner of files that it works on. One that was killed is known to be gone by the next one on the same machine.</summary>
internal static class ProcessOwner
{
    public static string Name { get; } = NameOf(Process.GetCurrentProcess());

    /// <summary>Whether an owner was a process of this machine that has ended.</summary>
    public static bool IsGone(string owner)
    {
        if (owner.Split('/') is not [var machine, var id, _] || machine != Environment.MachineName
            || !int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        try
        {
            using var process = Process.GetProcessById(number);

            // Another process may have its number by now.
            return NameOf(process) != owner;
        }
        catch (ArgumentException)
        {
            return true;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or NotSupportedException)
        {
            return false;
        }
    }

    private static string NameOf(Process process) =>
        string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}/{process.Id}/{process.StartTime.ToUniversalTime().Ticks}");
}
