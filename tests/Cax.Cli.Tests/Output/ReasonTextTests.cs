using System.Reflection;
using Cax.Cli.Output;
using Cax.Core;

namespace Cax.Cli.Tests.Output;

public sealed class ReasonTextTests
{
    public static TheoryData<string> Codes => [.. typeof(ReasonCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(code => (string)code.GetRawConstantValue()!)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_reason_is_explained(string code)
    {
        Assert.True(ReasonText.IsKnown(code));
        Assert.EndsWith(".", ReasonText.Of(code), StringComparison.Ordinal);
    }
}
