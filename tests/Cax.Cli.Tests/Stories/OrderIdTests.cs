using System.Text;
using Cax.Cli.Stories;

namespace Cax.Cli.Tests.Stories;

public sealed class OrderIdTests
{
    [Theory]
    [InlineData("1001", """{"order":{"id":"1001"}}""")]
    [InlineData("1001", """{"order":{"lines":[1001]}}""")]
    [InlineData("1001", """{"name":"#1001"}""")]
    [InlineData("#1001", """{"name":"1001"}""")]
    [InlineData("#1001", """{"name":"\u00231001"}""")]
    [InlineData("L-4", """{"type":"lead.created" "lead":{"id":"L-4"}}""")]
    [InlineData("1001", "{\"id\":1001")]
    [InlineData("1001", "#1001,ada@example.com,12.00\n#1001,,3.00\n")]
    [InlineData("1001", "ada@example.com;\"1001\";12,00")]
    [InlineData("1001", "10012\t1001")]
    public void It_is_found_as_a_whole_value_of_json_or_of_rows(string id, string record) =>
        Assert.True(new OrderId(id).IsIn(Encoding.UTF8.GetBytes(record)));

    [Theory]
    [InlineData("1001", """{"id":"10010","note":"order 1001","1001":1,"price":1001.0}""")]
    [InlineData("1001", "10010,x1001,1001-2,note 1001")]
    [InlineData("1001", "")]
    [InlineData("1001", """{"id":"##1001"}""")]
    public void It_is_not_found_as_a_part_of_another_value(string id, string record) =>
        Assert.False(new OrderId(id).IsIn(Encoding.UTF8.GetBytes(record)));

    [Fact]
    public void Bytes_that_are_no_text_are_searched_too() => Assert.True(new OrderId("7").IsIn([0xFC, (byte)';', (byte)'7', (byte)';', 0xE9]));
}
