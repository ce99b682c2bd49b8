using System.Globalization;
using System.Text;
using System.Text.Json;
using Cax.Core.Mapping.Profiles;
using Cax.Core.Mapping.Profiles.Reading;
using static Cax.Core.Tests.Mapping.Profiles.Reading.Documents;

namespace Cax.Core.Tests.Mapping.Profiles.Reading;

public sealed class ProfileReaderTests
{
    private const string TenMistakes = """
        {
          "profile": "Tea House",
          "version": 1,
          "title": "Ten mistakes",
          "lookups": { "pay": { "plastic": "credit_card" } },
          "skip": [ { "rule": "draft", "when": { "value": "$.state", "equal": "draft" } } ],
          "events": [
            {
              "event": "purchase",
              "time": "$.at",
              "set": {
                "id": "number",
                "currency": { "constant": "Euro" },
                "value": "@.total",
                "revenue": { "summ": "$.teas[].net" },
                "payment_method": { "lookup": "$.pay", "in": "pya" },
                "user.mail": "$.mail",
                "user.email": "$.mail",
                "items": {
                  "each": "$.teas[]",
                  "set": { "id": "@.sku", "quantity": "@.count", "product.id": "@.sku", "product.name": "@.name" }
                },
                "coupon": "$.codes[]"
              }
            }
          ]
        }
        """;

    [Fact]
    public void A_sound_document_becomes_a_profile()
    {
        var problems = new List<ProfileProblem>();

        var profile = ProfileReader.Read(new ProfileDocument("test", Encoding.UTF8.GetBytes(Sound)), NoSettings, problems);

        Assert.Empty(problems);
        Assert.Equal(("tea-house", "tea-house", "not_paid"), (profile!.Name, profile.Source, profile.Otherwise));
        Assert.Equal(2, profile.Records.Length);
        var purchase = Assert.Single(profile.Events);
        Assert.Equal("table_number", Assert.Single(purchase.Custom).Target.Name);
        Assert.Equal(8, purchase.Set.All.Count);
        Assert.Equal(5, purchase.Items!.Set.All.Count);
    }

    [Fact]
    public void A_profile_with_ten_mistakes_reports_ten_each_with_its_path_and_a_suggestion()
    {
        Assert.Equal(
            [
                ("$.events[0].set.coupon", "$.codes[0]"),
                ("$.events[0].set.currency.constant", null),
                ("$.events[0].set.id", "{\"constant\": \"number\"} or \"$.number\""),
                ("$.events[0].set.payment_method['in']", "pay"),
                ("$.events[0].set.revenue.summ", "sum"),
                ("$.events[0].set.value", "$.total"),
                ("$.events[0].set['user.mail']", "user.email"),
                ("$.events[0].time", "{\"timestamp\": \"$.at\"}"),
                ("$.profile", "tea-house"),
                ("$.skip[0].when.equal", "equals"),
            ],
            Problems(TenMistakes).Select(problem => (problem.Path.Replace(".in", "['in']", StringComparison.Ordinal), problem.Suggestion)).Order());
    }

    /// <summary>Where the sound profile is broken, with what, and the path and the suggestion of the one problem that is expected.</summary>
    public static TheoryData<string, string?, string, string?> Mistakes => new()
    {
        // the document
        { "title", null, "$", null },
        { "titel", "\"x\"", "$.titel", null },
        { "title", "5", "$.title", null },
        { "title", "\" \"", "$.title", null },
        { "notes", "\"x\"", "$.notes", null },
        { "notes", "[]", "$.notes", null },
        { "notes", "[\"a\", 5]", "$.notes[1]", null },
        { "profile", "\"tea_house\"", "$.profile", "tea-house" },
        { "profile", "\"-\"", "$.profile", null },
        { "version", "2", "$.version", "1" },
        { "version", "\"1\"", "$.version", "1" },
        { "source", "7", "$.source", null },
        { "otherwise", "\"Not Paid\"", "$.otherwise", "not_paid" },
        { "skip/0/rule", "\"draft!\"", "$.skip[0].rule", "draft" },
        { "skip/0/whenn", "true", "$.skip[0].whenn", null },
        { "skip", "[]", "$.skip", null },
        { "skip/0/park", "\"true\"", "$.skip[0].park", "true" },
        { "records", "[{\"path\": \"$.a\", \"json\": \"$.b\"}]", "$.records[0]", null },
        { "records", "[{\"path\": \"$.a\", \"when\": {}}]", "$.records[0].when", null },
        { "events/0/time", "{\"received\": \"now\"}", "$.events[0].time.received", "true" },
        { "events", "[]", "$.events", null },
        { "events", "{}", "$.events", null },
        { "recognise", "\"$.teas\"", "$.recognise", null },
        { "input", "{\"format\": \"cvs\"}", "$.input.format", "csv" },
        { "input", "{\"format\": \"json\", \"csv\": {}}", "$.input.csv", null },
        { "input", "{\"format\": \"csv\", \"csv\": {\"delimiter\": \";;\"}}", "$.input.csv.delimiter", null },
        { "input", "{\"format\": \"csv\", \"csv\": {\"encoding\": \"utf8\"}}", "$.input.csv.encoding", "utf-8" },
        { "input", "{\"format\": \"csv\", \"csv\": {\"header\": false}}", "$.input.csv", null },
        { "input", "{\"format\": \"csv\", \"csv\": {\"header\": \"true\"}}", "$.input.csv.header", "true" },
        { "input", "{\"format\": \"csv\", \"csv\": {\"skipLines\": -1}}", "$.input.csv.skipLines", null },
        { "input", "{\"format\": \"csv\", \"csv\": {\"groupby\": [\"a\"]}}", "$.input.csv.groupby", "groupBy" },
        { "input", "{\"format\": \"csv\", \"csv\": {\"delimiter\": \"\u00e9\"}}", "$.input.csv.delimiter", null },
        { "input", "{\"format\": \"csv\", \"csv\": {\"delimiter\": \"|\", \"quote\": \"|\"}}", "$.input.csv", null },
        { "input", "{\"format\": \"csv\", \"csv\": {\"delimiter\": {\"parameter\": \"zones\"}}}", "$.input.csv.delimiter.parameter", "zone" },
        { "input", "{\"format\": \"csv\", \"csv\": {\"delimiter\": {\"parameter\": \"zone\"}}}", "$.input.csv.delimiter", null },
        { "input", "{\"format\": \"csv\", \"csv\": {\"encoding\": {\"parameter\": \"zone\"}}}", "$.input.csv.encoding", null },
        { "events/0/set/value", "{\"decimal\": \"$.a\", \"mark\": {\"parameter\": \"zone\"}}", "$.events[0].set.value.mark", null },
        { "events/0/set/value", "{\"decimal\": \"$.a\", \"group\": {\"parameter\": \"dots\"}}", "$.events[0].set.value.group.parameter", null },
        { "parameters/zone/defalt", "\"UTC\"", "$.parameters.zone.defalt", null },
        { "parameters/zone/default", "\"Europe/Pariss\"", "$.events[0].time.zone", "Europe/Paris" },
        { "parameters/a b", "{}", "$.parameters['a b']", "a_b" },
        { "lookups/pay/cash", "\"cod\"", "$.lookups.pay.cash", null },
        { "lookups/pay/Cash", "\"cash on delivery\"", "$.lookups.pay.Cash", null },
        { "lookups/pay/Cash", "\"credit\"", "$.lookups.pay.Cash", null },
        { "lookups/pay/Cash", "\"Card \"", "$.lookups.pay.Cash", "card" },
        { "lookups/pay/Cash", "5", "$.lookups.pay.Cash", null },
        { "records", "[\"@.x\"]", "$.records[0]", "$.x" },
        { "records", "[\"$$.x\"]", "$.records[0]", "$.x" },
        { "records", "[{\"base64\": \"$.bodies[]\"}]", "$.records[0].base64", "$.bodies[0]" },
        { "records", "[{\"zip\": \"$.body\"}]", "$.records[0]", null },
        { "records", "[\"$.x[\"]", "$.records[0]", null },

        // events
        { "events/0/event", "\"purchsae\"", "$.events[0].event", "purchase" },
        { "events/0/event", "\"Purchase\"", "$.events[0].event", "purchase" },
        { "events/0/tiem", "{}", "$.events[0].tiem", null },
        { "events/0/key", "\"$.ids[]\"", "$.events[0].key", "$.ids[0]" },
        { "events/0/time", "{\"first\": [{\"timestamp\": \"$.a\"}, \"$.b\"]}", "$.events[0].time.first[1]", "{\"timestamp\": \"$.b\"}" },
        { "events/0/time", "1700000000", "$.events[0].time", "{\"timestamp\": …}" },
        { "events/0/time/zone", "\"Europe/Pariss\"", "$.events[0].time.zone", "Europe/Paris" },
        { "events/0/time/zone/parameter", "\"zoen\"", "$.events[0].time.zone.parameter", "zone" },
        { "events/0/set/coupon", "{\"join\": {\"each\": {\"split\": \"$.codes\", \"at\": \",\"}, \"value\": \"@\"}}", "$.events[0].set.coupon.join.each.split", null },
        { "events/0/time/format", "\"secnds\"", "$.events[0].time.format", "seconds" },
        { "events/0/time/format", "[]", "$.events[0].time.format", null },
        { "events/0/time/format", "\"DD/MM/YYYY\"", "$.events[0].time.format", "dd/MM/yyyy" },
        { "events/0/time/format", "\"dd/mm/yyyy HH:mm\"", "$.events[0].time.format", "dd/MM/yyyy HH:mm" },
        { "events/0/time/format", "\"dd/MM/yyyy hh:mm\"", "$.events[0].time.format", "dd/MM/yyyy HH:mm" },
        { "events/0/time/format", "\"yyyy 'Md'\"", "$.events[0].time.format", null },
        { "events/0/time/at", "\"noon\"", "$.events[0].time.at", null },
        { "events/0/set/id", null, "$.events[0].set", null },
        { "events/0/set/value", null, "$.events[0].set", null },
        { "events/0/set/user.email", null, "$.events[0].set", null },
        { "events/0/set/items/set/product.name", null, "$.events[0].set.items.set", null },
        { "events/0/set/tax", "\"$.tax\"", "$.events[0].set.tax", null },
        { "events/0/set/taxAmount", "\"$.tax\"", "$.events[0].set.taxAmount", "tax_amount" },
        { "events/0/set/email", "\"$.mail\"", "$.events[0].set.email", "user.email" },
        { "events/0/set/user.firstName", "\"$.first\"", "$.events[0].set['user.firstName']", "user.firstname" },
        { "events/0/set/items/set/product.category", "\"@.kind\"", "$.events[0].set.items.set['product.category']", "product.category_1" },
        { "events/0/set/items", "\"$.teas[]\"", "$.events[0].set.items", "{\"each\": \"$.teas[]\", \"set\": {…}}" },
        { "events/0/set/items", "{\"each\": \"$.teas[]\", \"value\": \"@.sku\"}", "$.events[0].set.items.value", "set" },
        { "events/0/set/items/set", "{}", "$.events[0].set.items.set", null },
        { "events/0/set/status", "{\"constant\": \"cancelled\"}", "$.events[0].set.status.constant", "canceled" },
        { "events/0/set/payment_method/default", "{\"constant\": \"Card\"}", "$.events[0].set.payment_method.default.constant", "card" },
        { "events/0/set/currency", "{\"constant\": \"EURO\"}", "$.events[0].set.currency.constant", null },
        { "events/0/set/value", "{\"first\": [\"$.total\", {\"constant\": \"free\"}]}", "$.events[0].set.value.first[1].constant", null },
        { "events/0/set/value", "true", "$.events[0].set.value", null },
        { "events/0/set/user.gender", "{\"constant\": \"w\"}", "$.events[0].set['user.gender'].constant", null },
        { "events/0/custom/user", "\"$.user\"", "$.events[0].custom.user", null },
        { "events/0/custom/status", "\"$.state\"", "$.events[0].custom.status", null },
        { "events/0/custom/tableNo", "\"$.table\"", "$.events[0].custom.tableNo", "tableno" },
        { "events/0/custom", "{}", "$.events[0].custom", null },

        // expressions
        { "events/0/set/coupon", "null", "$.events[0].set.coupon", null },
        { "events/0/set/coupon", "[\"$.a\"]", "$.events[0].set.coupon", "{\"first\": […]} or {\"list\": […]}" },
        { "events/0/set/coupon", "{}", "$.events[0].set.coupon", null },
        { "events/0/set/coupon", "\"TEA10\"", "$.events[0].set.coupon", "{\"constant\": \"TEA10\"} or \"$.TEA10\"" },
        { "events/0/set/coupon", "\"ten off\"", "$.events[0].set.coupon", "{\"constant\": \"ten off\"}" },
        { "events/0/set/coupon", "\"$.a..b\"", "$.events[0].set.coupon", null },
        { "events/0/set/coupon", "\"@.code\"", "$.events[0].set.coupon", "$.code" },
        { "events/0/set/coupon", "\"@*.code\"", "$.events[0].set.coupon", "$.code" },
        { "events/0/set/items/set/coupon", "\"@@.code\"", "$.events[0].set.items.set.coupon", "@.code" },
        { "events/0/set/items/set/coupon", "{\"first\": [\"@*.code\"]}", "$.events[0].set.items.set.coupon.first[0]", "@.code" },
        { "events/0/set/coupon", "{\"lower\": \"$.codes[]\"}", "$.events[0].set.coupon", null },
        { "events/0/set/coupon", "{\"lowr\": \"$.code\"}", "$.events[0].set.coupon.lowr", "lower" },
        { "events/0/set/coupon", "{\"lower\": \"$.code\", \"upper\": \"$.code\"}", "$.events[0].set.coupon", null },
        { "events/0/set/coupon", "{\"lower\": \"$.code\", \"with\": \",\"}", "$.events[0].set.coupon.with", null },
        { "events/0/set/coupon", "{\"present\": \"$.code\"}", "$.events[0].set.coupon", "{\"when\": {…}, \"then\": …}" },
        { "events/0/set/coupon", "{\"constant\": \"\"}", "$.events[0].set.coupon.constant", null },
        { "events/0/set/coupon", "{\"constant\": [1]}", "$.events[0].set.coupon.constant", null },
        { "events/0/set/coupon", "{\"first\": []}", "$.events[0].set.coupon.first", null },
        { "events/0/set/coupon", "{\"first\": \"$.a\"}", "$.events[0].set.coupon.first", null },
        { "events/0/set/coupon", "{\"join\": [\"$.a\", \"b\"]}", "$.events[0].set.coupon.join[1]", "{\"constant\": \"b\"} or \"$.b\"" },
        { "events/0/set/coupon", "{\"split\": \"$.a\", \"at\": \",\"}", "$.events[0].set.coupon", null },
        { "events/0/set/user.consent_categories", "{\"split\": \"$.a\", \"at\": \"\"}", "$.events[0].set['user.consent_categories'].at", null },
        { "events/0/set/user.consent_categories", "{\"split\": \"$.a\"}", "$.events[0].set['user.consent_categories']", null },
        { "events/0/set/coupon", "{\"lookup\": \"$.a\"}", "$.events[0].set.coupon", null },
        { "events/0/set/coupon", "{\"lookup\": \"$.a\", \"in\": \"Pays\"}", "$.events[0].set.coupon.in", "pay" },
        { "events/0/set/coupon", "{\"hash\": \"$.a\", \"with\": \"sha-256\"}", "$.events[0].set.coupon.with", "sha256" },
        { "events/0/set/coupon", "{\"extract\": \"$.a\", \"pattern\": \"(\"}", "$.events[0].set.coupon.pattern", null },
        { "events/0/set/coupon", "{\"extract\": \"$.a\", \"pattern\": \"a(?=b)\"}", "$.events[0].set.coupon.pattern", null },
        { "events/0/set/coupon", "{\"extract\": \"$.a\", \"pattern\": \"(a)\", \"group\": 2}", "$.events[0].set.coupon.group", null },
        { "events/0/set/coupon", "{\"except\": \"$.a\", \"values\": []}", "$.events[0].set.coupon.values", null },
        { "events/0/set/coupon", "{\"boolean\": \"$.a\", \"true\": [\"J\"], \"false\": [\"j\"]}", "$.events[0].set.coupon", null },
        { "events/0/set/user.phone", "{\"phone\": \"$.a\", \"country\": \"FR\"}", "$.events[0].set['user.phone'].country", "{\"constant\": \"FR\"} or \"$.FR\"" },
        { "events/0/set/user.phone", "{\"phone\": \"$.a\", \"country\": {\"constant\": \"Atlantis\"}}", "$.events[0].set['user.phone'].country.constant", null },
        { "events/0/set/user.country", "{\"first\": [\"$.land\", {\"constant\": \"F\"}]}", "$.events[0].set['user.country'].first[1].constant", null },
        { "events/0/set/value", "{\"decimal\": \"$.a\", \"mark\": \",,\"}", "$.events[0].set.value.mark", null },
        { "events/0/set/value", "{\"decimal\": \"$.a\", \"mark\": \",\", \"group\": \".,\"}", "$.events[0].set.value.group", null },
        { "events/0/set/value", "{\"minor\": \"$.a\"}", "$.events[0].set.value", null },
        { "events/0/set/value", "{\"minor\": \"$.a\", \"digits\": -1}", "$.events[0].set.value.digits", null },
        { "events/0/set/value", "{\"minor\": \"$.a\", \"currency\": {\"constant\": \"€\"}}", "$.events[0].set.value.currency.constant", null },
        { "events/0/set/value", "{\"round\": \"$.a\", \"digits\": 1, \"currency\": \"$.c\"}", "$.events[0].set.value", null },
        { "events/0/set/value", "{\"difference\": [\"$.a\"]}", "$.events[0].set.value.difference", null },
        { "events/0/set/value", "{\"ratio\": [\"$.a\", 2, 3]}", "$.events[0].set.value.ratio", null },
        { "events/0/set/revenue/sum", "[\"$.a\", {\"constant\": \"12,50\"}]", "$.events[0].set.revenue.sum[1].constant", null },
        { "events/0/set/value", "1e40", "$.events[0].set.value", null },
        { "events/0/set/coupon", "{\"when\": {\"present\": \"$.a\"}}", "$.events[0].set.coupon", null },
        { "events/0/set/user.consent_categories", "{\"each\": \"$.a[]\", \"set\": {\"id\": \"@\"}}", "$.events[0].set['user.consent_categories'].set", "value" },
        { "events/0/set/user.consent_categories", "{\"each\": \"$.a[]\"}", "$.events[0].set['user.consent_categories']", null },
        { "events/0/set/coupon", "{\"property\": 5}", "$.events[0].set.coupon.property", null },
        { "events/0/set/coupon", "{\"parameter\": \"zones\"}", "$.events[0].set.coupon.parameter", "zone" },

        // conditions
        { "events/0/when", "{}", "$.events[0].when", null },
        { "events/0/when", "{\"presnt\": \"$.a\"}", "$.events[0].when.presnt", "present" },
        { "events/0/when", "{\"present\": \"$.a\", \"absent\": \"$.b\"}", "$.events[0].when", "{\"all\": [{…}, {…}]}" },
        { "events/0/when", "{\"all\": []}", "$.events[0].when.all", null },
        { "events/0/when", "{\"all\": [{\"present\": \"a\"}]}", "$.events[0].when.all[0].present", "{\"constant\": \"a\"} or \"$.a\"" },
        { "events/0/when", "{\"not\": [{\"present\": \"$.a\"}]}", "$.events[0].when.not", null },
        { "events/0/when", "{\"value\": \"$.a\"}", "$.events[0].when", "{\"present\": …}" },
        { "events/0/when", "{\"value\": \"$.a\", \"equals\": \"b\", \"in\": [\"c\"]}", "$.events[0].when", "{\"all\": [{\"value\": …}, {\"value\": …}]}" },
        { "events/0/when", "{\"value\": \"$.a\", \"match\": \"b\"}", "$.events[0].when.match", "matches" },
        { "events/0/when", "{\"value\": \"$.a\", \"matches\": \"[\"}", "$.events[0].when.matches", null },
        { "events/0/when", "{\"value\": \"$.a\", \"equals\": null}", "$.events[0].when.equals", null },
        { "events/0/when", "{\"value\": \"$.a\", \"in\": \"b\"}", "$.events[0].when.in", null },
        { "events/0/when", "{\"value\": \"$.a\", \"greater\": {\"constant\": \"much\"}}", "$.events[0].when.greater.constant", null },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_one_problem_at_its_path(string place, string? json, string path, string? suggestion)
    {
        var problem = Assert.Single(Problems(With(place, json)));

        Assert.Equal((path, suggestion), (problem.Path, problem.Suggestion));
        Assert.Equal("test", problem.Place);
        Assert.True(problem.Message.Length > 10);
    }

    /// <summary>What looks odd and is none the less lawful.</summary>
    public static TheoryData<string, string?> Fine => new()
    {
        { "$schema", "\"./cax-profile.v1.schema.json\"" },
        { "records", "[\"$\", \"$[]\", {\"json\": \"$.payload\"}, {\"base64\": \"$.body\"}]" },
        { "records", null },
        { "parameters/unused", "{}" },
        { "lookups/unused", "{\"a\": \"b\"}" },
        { "lookups/empty", "{}" },
        { "records", "[{\"path\": \"$.items[]\", \"when\": {\"present\": \"$.total\"}}, \"$\"]" },
        { "skip/0/park", "true" },
        { "events/0/time", "{\"first\": [{\"timestamp\": \"$.a\"}, {\"received\": true}]}" },
        { "events/0/set/coupon", "\"$.codes.*\"" },
        { "input", "{\"format\": \"csv\"}" },
        { "input", "{\"format\": \"csv\", \"csv\": {\"delimiter\": \";\", \"quote\": \"'\", \"encoding\": \"windows-1252\", \"skipLines\": 2, \"header\": false, \"columns\": [\"a\"], \"groupBy\": [\"a\"]}}" },
        { "events/0/event", "\"tea_ceremony\"" },
        { "events/0/set/value", "{\"decimal\": \"$.a\", \"mark\": {\"parameter\": \"without_value\"}, \"group\": {\"parameter\": \"without_value\"}}" },
        { "input", "{\"format\": \"csv\", \"csv\": {\"delimiter\": {\"parameter\": \"without_value\"}, \"encoding\": {\"parameter\": \"without_value\"}}}" },
        { "events/0/time", "{\"first\": [{\"timestamp\": \"$.a\"}, {\"when\": {\"present\": \"$.b\"}, \"then\": {\"timestamp\": \"$.b\", \"format\": [\"iso\", \"dd/MM/yyyy HH:mm\"], \"zone\": \"UTC\", \"at\": \"06:30\"}}]}" },
        { "events/0/set/value", "{\"product\": [{\"absolute\": \"$.a\"}, {\"ratio\": [\"$.b\", 100]}, {\"round\": \"$.c\", \"digits\": 2}]}" },
        { "events/0/set/value", "{\"minor\": \"$.a\", \"currency\": {\"constant\": \"EUR\"}}" },
        { "events/0/set/value", "{\"minor\": \"$.a\", \"digits\": \"$.digits\"}" },
        { "events/0/set/value", "{\"decimal\": \"$.a\", \"mark\": \",\", \"group\": \". '\", \"strip\": \"€ \"}" },
        { "events/0/set/value", "{\"first\": [\"$.a\", 0]}" },
        { "events/0/set/value", "{\"sum\": {\"each\": \"$.teas[]\", \"where\": {\"not\": {\"present\": \"@.gift\"}}, \"value\": {\"product\": [\"@.net\", \"@.count\"]}}}" },
        { "events/0/set/value", "{\"count\": {\"split\": \"$.codes\", \"at\": \",\"}}" },
        { "events/0/set/coupon", "{\"join\": \"$.codes[]\", \"with\": \"\"}" },
        { "events/0/set/user.phone", "{\"phone\": \"$.a\", \"country\": {\"constant\": \"FR\"}}" },
        { "events/0/set/user.country", "{\"country\": \"$.a\"}" },
        { "events/0/set/user.country", "{\"constant\": \"Deutschland\"}" },
        { "events/0/set/coupon", "{\"when\": {\"any\": [{\"value\": \"$.a\", \"greater\": 5}, {\"value\": \"$.a\", \"same\": \"$.b\"}]}, \"then\": {\"html\": \"$.c\"}, \"else\": {\"property\": \"X-Code\"}}" },
        { "events/0/set/items/group", "\"@.sku\"" },
        { "events/0/set/items/each", "\"$.teas\"" },
        { "events/0/set/coupon", "{\"count\": \"$.a\"}" },
        { "events/0/set/user.consent_categories", "{\"list\": []}" },
        { "events/0/set/items", "{\"each\": \"$.teas[]\", \"group\": \"@.sku\", \"set\": {\"id\": \"@.sku\", \"quantity\": {\"sum\": \"@*.count\"}, \"product.id\": \"@.sku\", \"product.name\": \"@.name\", \"product.colors\": {\"each\": \"@.cups[]\", \"value\": {\"join\": [\"@@.sku\", \"@.colour\"]}}}}" },
        { "events/0/set/status", "{\"lookup\": \"$.state\", \"in\": \"none\"}" },
    };

    [Theory]
    [MemberData(nameof(Fine))]
    public void What_is_lawful_is_no_mistake(string place, string? json)
    {
        var document = With(place, json);
        if (place == "events/0/set/status")
        {
            document = document.Replace("\"lookups\":{", "\"lookups\":{\"none\":{\"a\":\"shipped\"},", StringComparison.Ordinal);
        }

        Assert.Empty(Problems(document));
    }

    [Theory]
    [InlineData("{", "$")]
    [InlineData("[]", "$")]
    [InlineData("{\"a\": 1,}", "$")]
    [InlineData("{\"a\": \"\\ud83d\"}", "$")]
    [InlineData("", "$")]
    public void What_is_no_document_is_one_problem(string json, string path) => Assert.Equal(path, Assert.Single(Problems(json)).Path);

    [Fact]
    public void What_is_no_json_is_told_by_line_and_byte() =>
        Assert.Contains("line 3, byte 3", Problems("{\n  \"a\": 1,\n  5\n}")[0].Message, StringComparison.Ordinal);

    [Fact]
    public void Bytes_that_are_no_text_are_a_problem()
    {
        var problems = new List<ProfileProblem>();

        Assert.Null(ProfileReader.Read(new ProfileDocument("test", new byte[] { (byte)'"', 0xff, (byte)'"' }), NoSettings, problems));
        Assert.Contains("UTF-8", Assert.Single(problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Comments_and_a_byte_order_mark_are_welcome() => Assert.Empty(Problems("\uFEFF// tea\n" + Sound));

    [Fact]
    public void A_name_that_stands_twice_is_a_mistake() =>
        Assert.Equal("$.title", Assert.Single(Problems(Sound.Replace("\"version\": 1,", "\"version\": 1, \"title\": \"again\",", StringComparison.Ordinal))).Path);

    [Theory]
    [InlineData("\"title\":", "\"titel\":", "$.titel", "title")]
    [InlineData("\"events\":", "\"event\":", "$.event", "events")]
    [InlineData("\"time\":", "\"tiem\":", "$.events[0].tiem", "time")]
    [InlineData("\"rule\":", "\"role\":", "$.skip[0].role", "rule")]
    [InlineData("\"each\":", "\"eech\":", "$.events[0].set.items", null)]
    public void A_misspelt_member_is_not_missing_as_well(string member, string misspelt, string path, string? suggestion)
    {
        var problem = Assert.Single(Problems(Sound.Replace(member, misspelt, StringComparison.Ordinal)));

        Assert.Equal((path, suggestion), (problem.Path, problem.Suggestion));
    }

    [Fact]
    public void A_parameter_of_the_settings_takes_the_place_of_the_default()
    {
        Assert.Empty(Problems(Sound, new() { ["ZONE"] = "Asia/Tokyo" }));
        Assert.Equal("$.events[0].time.zone", Assert.Single(Problems(Sound, new() { ["zone"] = "Tokyo" })).Path);
    }

    [Fact]
    public void Every_profile_has_the_parameter_that_names_its_source()
    {
        var problems = new List<ProfileProblem>();

        var profile = ProfileReader.Read(
            new ProfileDocument("test", Encoding.UTF8.GetBytes(Sound)), new Dictionary<string, string> { ["Source"] = "tea-house-2" }, problems);

        Assert.Empty(problems);
        Assert.Equal("tea-house-2", profile!.Source);
    }

    [Fact]
    public void A_parameter_of_the_settings_that_the_profile_does_not_have_is_a_mistake()
    {
        var problem = Assert.Single(Problems(Sound, new() { ["zones"] = "UTC" }));

        Assert.Equal(("$.parameters", "zone"), (problem.Path, problem.Suggestion));
    }

    [Fact]
    public void Of_value_revenue_tax_and_shipping_one_may_be_worked_out()
    {
        var document = With("events/0/set/value", null).Replace("\"id\":\"$.number\"", "\"id\":\"$.number\",\"tax_amount\":\"$.tax\",\"shipping_amount\":\"$.shipping\"", StringComparison.Ordinal);

        Assert.Empty(Problems(document));
    }

    [Fact]
    public void A_refund_needs_neither_items_nor_a_payment_method()
    {
        var refund = With("events/0/event", "\"refund\"");

        Assert.Contains("one of", Assert.Single(Problems(With("events/0/event", "\"view_cart\"").Replace("\"user.email\"", "\"user.city\"", StringComparison.Ordinal))).Message, StringComparison.Ordinal);
        Assert.Empty(Problems(refund));
    }

    [Fact]
    public void At_most_two_hundred_problems_are_told()
    {
        var targets = string.Join(",", Enumerable.Range(0, 500).Select(i => string.Create(CultureInfo.InvariantCulture, $"\"nothing_{i}\":\"x\"")));

        Assert.Equal(200, Problems(With("events/0/set", "{" + targets + "}")).Count);
    }

    [Fact]
    public void Whatever_a_document_holds_it_is_a_profile_or_has_problems()
    {
        string[] documents =
        [
            Sound,
            With("events/0/set/items", "{\"each\": \"$.teas[]\", \"where\": {\"present\": \"@.sku\"}, \"group\": \"@.sku\", \"set\": {\"id\": {\"first\": [\"@*.sku\"]}}}"),
            With("events/0/set/value", "{\"minor\": {\"when\": {\"any\": [{\"value\": \"$.a\", \"greater\": 5}]}, \"then\": {\"decimal\": \"$.a\", \"mark\": \",\"}}, \"digits\": 2}"),
            With("input", "{\"format\": \"csv\", \"csv\": {\"header\": false, \"columns\": [\"a\"]}}"),
            Encoding.UTF8.GetString(ProfileCatalog.BuiltIn.Find("woocommerce")!.Document.Utf8.Span),
        ];

        Assert.All(documents.SelectMany(document => Support.JsonMutants.Of(WithoutComments(document))), mutant => Problems(mutant));
    }

    private static string WithoutComments(string document)
    {
        using var json = JsonDocument.Parse(document, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
        return JsonSerializer.Serialize(json.RootElement);
    }

    [Fact]
    public void A_document_that_is_nested_too_deep_is_one_problem() =>
        Assert.Contains("64 levels", Assert.Single(Problems(new string('[', 100) + new string(']', 100))).Message, StringComparison.Ordinal);
}
