using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Cax.Core.Tests.Mapping.Profiles;

/// <summary>Amounts are exact: against whole numbers of any length, over random amounts and currencies of no, two and three digits.</summary>
public class ExactAmountsTests
{
    private const int Rounds = 400;

    private static readonly (string Code, int Digits)[] Currencies = [("JPY", 0), ("EUR", 2), ("USD", 2), ("KWD", 3), ("TND", 3)];

    private const string Document =
        """
        {
          "profile": "probe", "version": 1, "title": "A probe",
          "events": [{
            "event": "probe_seen", "time": { "received": true }, "key": { "constant": "k" },
            "set": {
              "user.id": { "constant": "C-1" },
              "currency": "$.currency",
              "value": { "sum": "$.lines[].amount" },
              "revenue": { "sum": { "each": "$.lines", "value": { "product": ["@.quantity", "@.price"] } } },
              "tax_amount": { "difference": [{ "sum": "$.lines[].amount" }, "$.lines[0].amount"] },
              "shipping_amount": { "minor": "$.minor", "currency": "$.currency" },
              "discount_value": { "minor": "$.minor", "digits": "$.digits" }
            },
            "custom": { "sum": { "sum": "$.lines[].amount" }, "product": { "product": ["$.lines[0].quantity", "$.lines[0].price"] }, "ratio": { "ratio": ["$.lines[0].amount", "$.lines[0].price"] } }
          }]
        }
        """;

    [Fact]
    public void Sums_products_quotients_and_minor_units_of_random_amounts_come_out_to_the_last_digit()
    {
        var random = new Random(20260321);
        var mapper = ProfileProbe.Mapper(Document);
        for (var round = 0; round < Rounds; round++)
        {
            var (code, digits) = Currencies[random.Next(Currencies.Length)];
            var lines = Enumerable.Range(0, random.Next(1, 12)).Select(_ => new Line(Exact.Random(random, 1_000_000_000_000_000, 4), Exact.Random(random, 100_000_000, 4), Exact.Random(random, 1_000_000_000_000, 6))).ToList();
            var minor = random.NextInt64(0, 1_000_000_000_000);
            var record =
                $$"""{"currency":"{{code}}","minor":{{minor}},"digits":{{digits}},"lines":[{{string.Join(",", lines.Select(line => line.Json(random.Next(2) == 0)))}}]}""";

            using var @event = JsonDocument.Parse(Assert.Single(mapper.Map(System.Text.Encoding.UTF8.GetBytes(record), ProfileProbe.Origin()).Events).Utf8);

            var sum = lines.Select(line => line.Amount).Aggregate(Exact.Add);
            var products = lines.Select(line => Exact.Multiply(line.Quantity, line.Price)).ToList();
            AssertIs(sum, @event, "sum", record);
            AssertIs(products[0], @event, "product", record);
            AssertIsRatio(lines[0].Amount, lines[0].Price, @event, record);
            AssertIs(sum.Round(digits), @event, "value", record);
            AssertIs(products.Aggregate(Exact.Add).Round(digits), @event, "revenue", record);
            AssertIs(Exact.Add(sum, lines[0].Amount.Negative).Round(digits), @event, "tax_amount", record);
            AssertIs(new Exact(minor, digits), @event, "shipping_amount", record);
            AssertIs(new Exact(minor, digits), @event, "discount_value", record);
        }
    }

    private static void AssertIs(Exact expected, JsonDocument @event, string name, string record)
    {
        var text = @event.RootElement.GetProperty(name).GetRawText();
        Assert.True(Exact.Parse(text).IsSame(expected), $"{name} is {text} and not {expected} in {record}");
    }

    /// <summary>To twenty places, half away from zero; nothing when there is no quotient, or it has more digits than a decimal.</summary>
    private static void AssertIsRatio(Exact dividend, Exact divisor, JsonDocument @event, string record)
    {
        if (divisor.Whole.IsZero)
        {
            Assert.False(@event.RootElement.TryGetProperty("ratio", out _));
            return;
        }

        var expected = Exact.Divide(dividend, divisor).Round(20);
        if (expected.Shortest.ToString().Count(char.IsAsciiDigit) <= 28)
        {
            AssertIs(expected, @event, "ratio", record);
        }
    }

    private sealed record Line(Exact Amount, Exact Quantity, Exact Price)
    {
        public string Json(bool asText) => asText
            ? $$"""{"amount":"{{Amount}}","quantity":{{Quantity}},"price":"{{Price}}"}"""
            : $$"""{"amount":{{Amount}},"quantity":"{{Quantity}}","price":{{Price}}}""";
    }

    /// <summary>A decimal as a whole number and its places, of any length: nothing in it can be lost.</summary>
    private readonly record struct Exact(BigInteger Whole, int Places)
    {
        public Exact Negative => this with { Whole = -Whole };

        /// <summary>Mostly the size of prices, at times far larger: sums of products then take all the digits that a decimal has.</summary>
        public static Exact Random(Random random, long most, int mostPlaces) =>
            new(random.Next(4) == 0 ? random.NextInt64(0, most) : random.NextInt64(0, 10_000_000), random.Next(mostPlaces + 1));

        public static Exact Parse(string text)
        {
            var point = text.IndexOf('.', StringComparison.Ordinal);
            return new Exact(
                BigInteger.Parse(text.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture), point < 0 ? 0 : text.Length - point - 1);
        }

        public static Exact Add(Exact a, Exact b)
        {
            var places = Math.Max(a.Places, b.Places);
            return new Exact(a.To(places) + b.To(places), places);
        }

        public static Exact Multiply(Exact a, Exact b) => new(a.Whole * b.Whole, a.Places + b.Places);

        /// <summary>To forty places, cut off: a tie at the twentieth is told from what is less than one.</summary>
        public static Exact Divide(Exact a, Exact b) => new(a.Whole * BigInteger.Pow(10, 40 + b.Places) / (b.Whole * BigInteger.Pow(10, a.Places)), 40);

        /// <summary>Without zeros at its end.</summary>
        public Exact Shortest
        {
            get
            {
                var (whole, places) = (Whole, Places);
                while (places > 0 && whole % 10 == 0)
                {
                    (whole, places) = (whole / 10, places - 1);
                }

                return new Exact(whole, places);
            }
        }

        /// <summary>Half away from zero.</summary>
        public Exact Round(int places)
        {
            if (Places <= places)
            {
                return this;
            }

            var unit = BigInteger.Pow(10, Places - places);
            var whole = BigInteger.DivRem(Whole, unit, out var rest);
            return new Exact(BigInteger.Abs(rest) * 2 >= unit ? whole + Whole.Sign : whole, places);
        }

        public bool IsSame(Exact other) => To(Math.Max(Places, other.Places)) == other.To(Math.Max(Places, other.Places));

        public override string ToString()
        {
            var digits = BigInteger.Abs(Whole).ToString(CultureInfo.InvariantCulture).PadLeft(Places + 1, '0');
            return (Whole.Sign < 0 ? "-" : "") + (Places == 0 ? digits : $"{digits[..^Places]}.{digits[^Places..]}");
        }

        private BigInteger To(int places) => Whole * BigInteger.Pow(10, places - Places);
    }
}
