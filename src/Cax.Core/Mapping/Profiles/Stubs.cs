#pragma warning disable
using System.Text.RegularExpressions;

namespace Cax.Core.Mapping.Profiles
{
    public sealed record ProfileDocument(string Place, ReadOnlyMemory<byte> Utf8);

    public sealed record ProfileProblem(string Place, string Path, string Message, string? Suggestion);
}

namespace Cax.Core.Mapping.Profiles.Paths
{
    internal enum PathRoot { Record, Message, Element, Outer, Group }

    internal readonly record struct PathMistake(int At, string Message);

    internal sealed class SourcePath
    {
        public PathRoot Root { get; init; }
        public bool IsList { get; init; }

        public static bool TryParse(string text, out SourcePath? path, out PathMistake mistake)
        {
            path = null;
            mistake = default;
            var (root, length) = text switch
            {
                _ when text.StartsWith("$$", StringComparison.Ordinal) => (PathRoot.Message, 2),
                _ when text.StartsWith("@@", StringComparison.Ordinal) => (PathRoot.Outer, 2),
                _ when text.StartsWith("@*", StringComparison.Ordinal) => (PathRoot.Group, 2),
                _ when text.StartsWith('@') => (PathRoot.Element, 1),
                _ => (PathRoot.Record, 1),
            };
            var rest = text[length..];
            var m = Regex.Match(rest, @"\G(\.[A-Za-z0-9_-][A-Za-z0-9_$-]*|\['[^']*'\]|\[-?\d*\]|\[[^\]=]+=[^\]]*\])*");
            if (m.Length < rest.Length)
            {
                mistake = new PathMistake(length + m.Length, "a step is .name, ['name'], [0], [] or [key=value]");
                return false;
            }

            path = new SourcePath { Root = root, IsList = root == PathRoot.Group || rest.Contains("[]") };
            return true;
        }
    }
}

namespace Cax.Core.Mapping.Profiles.Targets
{
    internal enum TargetKind { Text, Number, Money, List, Items }

    internal sealed record Target(string Name, TargetKind Kind);

    internal static class Targets
    {
        public static IReadOnlyList<string> EventNames { get; } =
        [
            "id", "type", "currency", "payment_method", "status", "coupon", "shipping_provider", "shipping_tier", "method", "search_term", "page_type",
            "page_name", "item_list_name", "content_type", "item_id", "last_channel", "last_source", "url", "test_code",
            "value", "revenue", "tax_amount", "shipping_amount", "discount_value", "original_value", "original_revenue", "original_tax_amount",
            "returned_value", "cancelled_value", "returned_quantity", "cancelled_quantity", "items",
            "user.id", "user.consistent_anonymous_id", "user.email", "user.email_sha256", "user.email_md5", "user.phone", "user.phone_sha256",
            "user.firstname", "user.lastname", "user.gender", "user.birthdate", "user.street", "user.zipcode", "user.city", "user.state", "user.country",
            "user.status", "user.consent_categories",
            "context.page.url", "context.page.title", "context.page.referrer", "context.page.lang", "context.device.ip", "context.device.user_agent",
            "context.device.lang", "context.device.timezone", "context.device.cookie", "context.event_id",
        ];

        public static IReadOnlyList<string> ItemNames { get; } =
        [
            "id", "quantity", "variant", "list_position", "discount", "affiliation", "coupon", "value", "original_value", "returned_value",
            "cancelled_value", "returned_quantity", "cancelled_quantity", "price", "product.id", "product.name", "product.price", "product.currency",
            "product.category_1", "product.category_2", "product.category_3", "product.category_4", "product.category_5", "product.brand",
            "product.size", "product.colors",
        ];

        public static Target? OfEvent(string name) => EventNames.Contains(name) ? new Target(name, Kind(name)) : null;
        public static Target? OfItem(string name) => ItemNames.Contains(name) ? new Target(name, Kind(name)) : null;

        private static TargetKind Kind(string name) => name switch
        {
            "items" => TargetKind.Items,
            "user.consent_categories" or "product.colors" => TargetKind.List,
            "quantity" or "list_position" => TargetKind.Number,
            _ when name.EndsWith("_quantity") => TargetKind.Number,
            "value" or "revenue" or "discount" or "price" or "product.price" => TargetKind.Money,
            _ when name.EndsWith("_value") || name.EndsWith("_revenue") || name.EndsWith("_amount") => TargetKind.Money,
            _ => TargetKind.Text,
        };
    }
}

namespace Cax.Core.Mapping.Profiles.Operators
{
    using Cax.Core.Mapping.Profiles.Conditions;
    using Cax.Core.Mapping.Profiles.Paths;

    internal abstract class Operator;

    internal sealed class Constant : Operator
    {
        public static Constant Of(string x) => new();
        public static Constant Of(decimal x) => new();
        public static Constant Of(bool x) => new();
    }

    internal sealed class PathValue(SourcePath path) : Operator { public SourcePath Path => path; }
    internal sealed class FirstOf(Operator[] parts) : Operator;
    internal sealed class ListOf(Operator[] parts) : Operator;
    internal sealed class Join(Operator[] parts, string with) : Operator;
    internal sealed class Split(Operator input, string at) : Operator;
    internal sealed class LookupTable(string name, IReadOnlyDictionary<string, string> entries) { public string Name => name; }
    internal sealed class Lookup(Operator input, LookupTable table, Operator? otherwise) : Operator;
    internal sealed record DecimalNotation(char Mark, string Group, string Strip);
    internal sealed class DecimalText(Operator input, DecimalNotation notation) : Operator;
    internal sealed class MinorUnits(Operator input, Operator? currency, Operator? digits) : Operator;
    internal enum ArithmeticKind { Sum, Difference, Product, Ratio }
    internal sealed class Arithmetic(ArithmeticKind kind, Operator[] parts) : Operator;
    internal sealed class Absolute(Operator input) : Operator;
    internal sealed class Round(Operator input, Operator? currency, int digits) : Operator;
    internal sealed class TimeFormat
    {
        public static bool TryParse(string text, out TimeFormat? format)
        {
            var ok = text is "iso" or "seconds" or "milliseconds" or "microseconds" or "epoch" or "rfc2822" || (text.Contains("yy") && !text.Contains('q'));
            format = ok ? new TimeFormat() : null;
            return ok;
        }
    }

    internal sealed class TimestampOf(Operator input, TimeFormat[] formats, Operator? zone, TimeOnly at) : Operator;
    internal sealed class DateOf(Operator input, TimeFormat[] formats) : Operator;
    internal sealed class IdText(Operator input) : Operator;
    internal sealed class BooleanWords(Operator input, string[] yes, string[] no) : Operator;
    internal sealed class Phone(Operator input, Operator? country) : Operator;
    internal sealed class Country(Operator input) : Operator;
    internal sealed class Email(Operator input) : Operator;
    internal enum TextChange { Lower, Upper, Trim, Html }
    internal sealed class TextForm(Operator input, TextChange change) : Operator;
    internal enum HashKind { Sha256, Md5 }
    internal sealed class Hash(Operator input, HashKind kind) : Operator;
    internal sealed class Extract(Operator input, Regex pattern, int group) : Operator;
    internal sealed class Except(Operator input, string[] values) : Operator;
    internal sealed class Choice(Condition condition, Operator then, Operator? otherwise) : Operator;
    internal sealed class EachValue(Operator list, Condition? where, Operator? group, Operator value) : Operator;
    internal sealed class Count(Operator list) : Operator;
    internal sealed class Property(string name) : Operator;
    internal sealed class Parameter(string name, string? value) : Operator;
}

namespace Cax.Core.Mapping.Profiles.Conditions
{
    using Cax.Core.Mapping.Profiles.Operators;

    internal abstract class Condition;
    internal sealed class Present(Operator value) : Condition;
    internal sealed class EqualsText(Operator value, string text) : Condition;
    internal sealed class EqualsNumber(Operator value, decimal number) : Condition;
    internal sealed class OneOf(Operator value, string[] texts) : Condition;
    internal sealed class Matches(Operator value, Regex pattern) : Condition;
    internal sealed class Same(Operator left, Operator right) : Condition;
    internal sealed class Compare(Operator left, Operator right, bool greater) : Condition;
    internal sealed class All(Condition[] parts) : Condition;
    internal sealed class Any(Condition[] parts) : Condition;
    internal sealed class Not(Condition part) : Condition;
}

namespace Cax.Core.Mapping.Profiles.Plan
{
    using Cax.Core.Mapping.Profiles.Conditions;
    using Cax.Core.Mapping.Profiles.Operators;
    using Cax.Core.Mapping.Profiles.Paths;
    using Cax.Core.Mapping.Profiles.Targets;

    internal sealed class TargetSet((Target Target, Operator Value)[] all) { public (Target Target, Operator Value)[] All => all; }
    internal sealed class ItemsPlan(Operator list, Condition? where, Operator? group, TargetSet set) { public TargetSet Set => set; }
    internal sealed record EventPlan
    {
        public required string Name { get; init; }
        public Condition? When { get; init; }
        public Operator? Key { get; init; }
        public Operator? Discriminator { get; init; }
        public required Operator Time { get; init; }
        public required TargetSet Set { get; init; }
        public ItemsPlan? Items { get; init; }
        public required (string Name, Operator Value)[] Custom { get; init; }
    }

    internal enum RecordEncoding { Plain, Json, Base64 }
    internal sealed record RecordPlace(SourcePath Path, RecordEncoding Encoding);
    internal sealed record SkipRule(string Name, Condition When, string? Note);
    internal sealed record ProfileParameter(string Name, string? Description, string? Default);
    internal sealed record ProfileInput(CsvInput? Csv);
    internal sealed record CsvInput(char Delimiter, char? Quote, string Encoding, int SkipLines, bool Header, string[] Columns, string[] GroupBy);

    internal sealed class Profile
    {
        public required string Name { get; init; }
        public required string Title { get; init; }
        public required string[] Notes { get; init; }
        public required string Source { get; init; }
        public required ProfileInput Input { get; init; }
        public required IReadOnlyList<ProfileParameter> Parameters { get; init; }
        public required RecordPlace[] Records { get; init; }
        public Condition? Recognise { get; init; }
        public required SkipRule[] Skips { get; init; }
        public required EventPlan[] Events { get; init; }
        public string? Otherwise { get; init; }
        public required ProfileDocument Document { get; init; }
    }
}
