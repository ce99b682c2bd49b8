using System.Text;
using Cax.Core.Mapping.Identity;

namespace Cax.Core.Tests.Mapping.Identity;

public sealed class PhoneTests
{
    [Theory]
    [InlineData("+33612345678", "+33612345678")]
    [InlineData(" +33 6.12-34 56 78 ", "+33612345678")]
    [InlineData("0033 6 12 34 56 78", "+33612345678")]
    [InlineData("+44 (0)20 7946 0958", "+442079460958")]
    [InlineData("0044 (0)20 7946 0958", "+442079460958")]
    [InlineData("+34 (0)612 345 678", "+34612345678")]
    [InlineData("0034 (0)612 345 678", "+34612345678")]
    [InlineData("+1 (555) 555-5555", "+15555555555")]
    [InlineData("\u202a+33\u00a06\u202f12\u201134\u201356 78\u202c", "+33612345678")]
    public void Decoration_is_taken_out(string given, string expected) => Assert.Equal(expected, Phones.Normalise(given));

    [Theory]
    [InlineData("0612345678")]
    [InlineData("(555) 555-5555")]
    [InlineData("33612345678")]
    public void The_country_is_never_guessed(string given) => Assert.Null(Phones.Normalise(given));

    [Theory]
    [InlineData("001-")]
    [InlineData("+0612345678")]
    [InlineData("+1234567890123456")]
    [InlineData("+33٦12345678")]
    [InlineData("+33 6 12 34 56 7")]
    [InlineData("+33 6 12 34 56 789")]
    [InlineData("+33 6 12 34 56 78 / +33 6 12 34 56 79")]
    [InlineData("1-800-FLOWERS")]
    [InlineData("++33612345678")]
    [InlineData("33+612345678")]
    [InlineData("+33612345678 (mobile)")]
    [InlineData("+33612345678x")]
    [InlineData("+33612345678 x123456789")]
    [InlineData("x12")]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("+999")]
    public void What_is_no_number_is_left_out(string given) => Assert.Null(Phones.Normalise(given, "FR"));

    [Theory]
    [InlineData("+1-588-734-6947x37438", null, "+15887346947")]
    [InlineData("001-202-555-0152x90808", "US", "+12025550152")]
    [InlineData("416-555-0197 ext. 5", "CA", "+14165550197")]
    [InlineData("416 555 0197 Extension: 5", "ca", "+14165550197")]
    [InlineData("01 23 45 67 89 #12", "FR", "+33123456789")]
    [InlineData("+33 1 23 45 67 89;ext=12", null, "+33123456789")]
    public void An_extension_is_dropped(string given, string? country, string expected) => Assert.Equal(expected, Phones.Normalise(given, country));

    [Theory]
    [InlineData("06 39 98 00 12", "FR", "+33639980012")]
    [InlineData("639980012", "FR", "+33639980012")]
    [InlineData("33639980012", "FR", "+33639980012")]
    [InlineData("020 7946 0958", "gb", "+442079460958")]
    [InlineData("0800 1111", "GB", "+448001111")]
    [InlineData("030 23125 000", "DE", "+493023125000")]
    [InlineData("(555) 555-5555", "US", "+15555555555")]
    [InlineData("1 555 555 5555", "US", "+15555555555")]
    [InlineData("011 33 6 39 98 00 12", "US", "+33639980012")]
    [InlineData("0011 33 6 39 98 00 12", "AU", "+33639980012")]
    [InlineData("+33 6 39 98 00 12", "US", "+33639980012")]
    [InlineData("0412 345 678", "AU", "+61412345678")]
    [InlineData("06 1234 5678", "IT", "+390612345678")]
    [InlineData("393 123 4567", "IT", "+393931234567")]
    [InlineData("0549 882 345", "SM", "+3780549882345")]
    [InlineData("8 (912) 345-67-89", "RU", "+79123456789")]
    [InlineData("800 123-45-67", "RU", "+78001234567")]
    [InlineData("8 701 234 56 78", "KZ", "+77012345678")]
    [InlineData("80 29 123-45-67", "BY", "+375291234567")]
    [InlineData("06 1 234 5678", "HU", "+3612345678")]
    [InlineData("06 30 123 4567", "HU", "+36301234567")]
    [InlineData("8 612 34567", "LT", "+37061234567")]
    [InlineData("044 55 1234 5678", "MX", "+525512345678")]
    [InlineData("+52 1 55 1234 5678", null, "+525512345678")]
    [InlineData("0 98765 43210", "IN", "+919876543210")]
    [InlineData("98765 43210", "IN", "+919876543210")]
    [InlineData("010-1234-5678", "KR", "+821012345678")]
    [InlineData("090-1234-5678", "JP", "+819012345678")]
    [InlineData("138 0013 8000", "CN", "+8613800138000")]
    [InlineData("(11) 91234-5678", "BR", "+5511912345678")]
    [InlineData("050 123 4567", "AE", "+971501234567")]
    [InlineData("055 123 4567", "SA", "+966551234567")]
    [InlineData("0532 123 45 67", "TR", "+905321234567")]
    [InlineData("082 123 4567", "ZA", "+27821234567")]
    [InlineData("050-123-4567", "IL", "+972501234567")]
    [InlineData("9123 4567", "SG", "+6591234567")]
    [InlineData("5123 4567", "HK", "+85251234567")]
    [InlineData("07 12 34 56 78", "CI", "+2250712345678")]
    [InlineData("044 668 18 00", "CH", "+41446681800")]
    [InlineData("612 345 678", "ES", "+34612345678")]
    public void A_national_number_is_completed_by_its_country(string given, string? country, string expected) =>
        Assert.Equal(expected, Phones.Normalise(given, country));

    [Theory]
    [InlineData("06 39 98 00 1", "FR")]
    [InlineData("03000000000", "FR")]
    [InlineData("202-555-012", "US")]
    [InlineData("0123456789", "IN")]
    [InlineData("0639980012", "QQ")]
    [InlineData("0639980012", "FRA")]
    [InlineData("0639980012", "é")]
    [InlineData("0639980012", "F1")]
    [InlineData("0639980012", "")]
    public void A_national_number_that_its_country_does_not_have_is_left_out(string given, string country) =>
        Assert.Null(Phones.Normalise(given, country));

    [Fact]
    public void A_number_that_may_be_national_or_international_is_left_out() => Assert.Null(Phones.Normalise("4930123456", "DE"));

    [Theory]
    [InlineData("+49 030 23125000", "+493023125000")]
    [InlineData("+44 07911 123456", "+447911123456")]
    [InlineData("+91 0 98765 43210", "+919876543210")]
    [InlineData("+36 06 1 234 5678", "+3612345678")]
    [InlineData("+39 06 1234 5678", "+390612345678")]
    public void A_trunk_prefix_after_the_calling_code_is_dropped(string given, string expected) => Assert.Equal(expected, Phones.Normalise(given));

    [Fact]
    public void An_international_number_that_fits_only_with_its_zero_keeps_it() =>
        Assert.Equal("+910123456789", Phones.Normalise("+910123456789"));

    [Theory]
    [InlineData("+870 773 111 632", "+870773111632")]
    [InlineData("+290 12345", "+29012345")]
    public void A_calling_code_that_the_table_does_not_have_is_judged_by_length_alone(string given, string expected) =>
        Assert.Equal(expected, Phones.Normalise(given));

    [Fact]
    public void A_text_longer_than_any_number_is_left_out() => Assert.Null(Phones.Normalise("+33" + new string(' ', 60) + "612345678"));

    [Fact]
    public void Every_number_that_is_written_is_E164()
    {
        var random = new Random(20260214);
        const string Alphabet = "0123456789+ -.()x0123456789";
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 20)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            foreach (var country in (string?[])[null, "FR", "DE", "US", "IT", "RU", "HU"])
            {
                Assert.True(Phones.Normalise(text, country) is not { } number || Phones.IsE164(number), text);
            }
        }
    }

    [Fact]
    public void Reading_UTF8_allocates_nothing()
    {
        var given = "06 39 98 00 12 ext. 5"u8.ToArray();
        var number = new byte[Phones.Longest];
        Phones.TryNormalise(given, "FR"u8, number, out _);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var read = Phones.TryNormalise(given, "FR"u8, number, out var written);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(read);
        Assert.Equal("+33639980012", Encoding.ASCII.GetString(number, 0, written));
        Assert.Equal(0, allocated);
    }
}
