using System.Globalization;
using Cax.Core.Delivery;

namespace Cax.Core.Tests.Delivery;

public sealed class ResponseClassifierTests
{
    [Theory]
    [InlineData("200 201 202 204 299", "Accepted", "Accepted")]
    [InlineData("400 413", "Refused", "Refused")]
    [InlineData("403", "Misconfigured", "Refused")]
    [InlineData("408 425 429 500 502 503 504 599", "Unavailable", "Unavailable")]
    [InlineData("301 302 307 308 401 404 405 411 415 418", "Misconfigured", "Misconfigured")]
    public void Every_status_has_its_class(string statuses, string alone, string withWitness)
    {
        foreach (var status in statuses.Split(' ').Select(text => int.Parse(text, CultureInfo.InvariantCulture)))
        {
            Assert.Equal(alone, ResponseClassifier.Classify(status, hasWitness: false).ToString());
            Assert.Equal(withWitness, ResponseClassifier.Classify(status, hasWitness: true).ToString());
        }
    }
}
