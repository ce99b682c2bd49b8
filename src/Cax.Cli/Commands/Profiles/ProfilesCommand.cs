using System.CommandLine;

namespace Cax.Cli.Commands.Profiles;

/// <summary><c>cax profiles</c>: the tools of those who write profiles.</summary>
internal static class ProfilesCommand
{
    private const string Summary = "Lists, shows, checks, explains, drafts and tests profiles.";

    private const string Details = """
        A profile says how the orders or leads of one platform become CAX events. Many
        come with the connector; one of your own is a JSON file, NAME.profile.json.

          cax profiles new --from order.json --name my-shop > my-shop.profile.json
          cax profiles check my-shop.profile.json
          cax profiles explain my-shop.profile.json --input order.json
          cax profiles test my-shop.cases.json

        Exit codes (the highest that applies):
          0    nothing is wrong
          1    a profile has mistakes, a record was parked, or a case failed
          2    usage or configuration
        """;

    public static Command Create(CliConsole console) => new DetailedCommand("profiles", Summary, Details)
    {
        ListProfiles.Create(console),
        ShowProfile.Create(console),
        CheckProfiles.Create(console),
        ExplainProfile.Create(console),
        NewProfile.Create(console),
        TestProfiles.Create(console),
    };
}
