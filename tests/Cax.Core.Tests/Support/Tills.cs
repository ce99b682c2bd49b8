using System.Text;
using Cax.Core.Mapping.Profiles;

namespace Cax.Core.Tests.Support;

/// <summary>A small profile of an owner, and records in its shape.</summary>
internal static class Tills
{
    /// <summary>Makes leads of <c>{"at","who","nr","consent"}</c>; each record of <c>entries</c> is one.</summary>
    public static ProfileDocument Document(string name = "till", string place = "profiles/till.profile.json") => new(place, Encoding.UTF8.GetBytes(
        $$$"""
        {
          "profile": "{{{name}}}",
          "version": 1,
          "title": "Slips of paper from the tills",
          "records": ["$.entries[]", "$"],
          "events": [
            {
              "event": "generate_lead",
              "time": { "timestamp": "$.at" },
              "set": { "id": "$.nr", "user.id": "$.who", "user.consent_categories": "$.consent[]" },
              "custom": { "topic": { "property": "X-Topic" } }
            }
          ]
        }
        """));

    public static string Slip(int number) => $$"""{"at":"2026-11-20T10:00:00Z","who":"C-{{number}}","nr":"L-{{number}}","consent":["1"]}""";
}
