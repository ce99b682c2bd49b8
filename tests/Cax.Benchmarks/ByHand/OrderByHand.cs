using System.Buffers;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cax.Core.Events;
using Cax.Core.Mapping;
using Cax.Core.Mapping.Identity;

namespace Cax.Benchmarks.ByHand;

/// <summary>
/// What a careful programmer would write to map <see cref="ShopOrder"/>, and nothing else, to the event that the profile woocommerce gives: one pass of
/// the platform's reader, one of its writer, texts as slices of the order, memory that is used again. It lives on one thread.
/// </summary>
internal sealed class OrderByHand(string hashKey) : IDisposable
{
    private const byte Separator = 0x1f;

    private static readonly byte[] Namespace = EventIds.Namespace.ToByteArray(bigEndian: true);

    private static readonly (byte[] Theirs, byte[] Ours)[] PaymentMethods =
    [
        ("bacs"u8.ToArray(), "by_bank_transfer_in_advance"u8.ToArray()),
        ("cheque"u8.ToArray(), "check_in_advance"u8.ToArray()),
        ("cod"u8.ToArray(), "cod"u8.ToArray()),
        ("stripe"u8.ToArray(), "card"u8.ToArray()),
        ("woocommerce_payments"u8.ToArray(), "card"u8.ToArray()),
        ("stripe_sepa"u8.ToArray(), "direct_debit"u8.ToArray()),
        ("ppcp-gateway"u8.ToArray(), "online_payment_system"u8.ToArray()),
        ("invoice"u8.ToArray(), "by_invoice"u8.ToArray()),
    ];

    private readonly byte[] _hashKey = Encoding.UTF8.GetBytes(hashKey);
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);
    private readonly Utf8JsonWriter _writer = new(Stream.Null, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
    private Line[] _lines = new Line[8];
    private int _lineCount;

    public MapResult Map(ReadOnlyMemory<byte> utf8)
    {
        var order = default(Order);
        _lineCount = 0;
        var reader = new Utf8JsonReader(utf8.Span);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadMember(ref reader, utf8, ref order);
        }

        if (!order.Status.Span.SequenceEqual("processing"u8))
        {
            return MapResult.Skipped("unpaid");
        }

        var id = EventId(order.Id.Span);
        _buffer.ResetWrittenCount();
        _writer.Reset(_buffer);
        Write(order, id);
        _writer.Flush();
        return MapResult.Mapped(new CaxEvent("purchase", id, false, order.Time, _buffer.WrittenSpan.ToArray()), []);
    }

    public void Dispose() => _writer.Dispose();

    private void ReadMember(ref Utf8JsonReader reader, ReadOnlyMemory<byte> utf8, ref Order order)
    {
        if (reader.ValueTextEquals("id"u8))
        {
            order.Id = Next(ref reader, utf8);
        }
        else if (reader.ValueTextEquals("status"u8))
        {
            order.Status = Next(ref reader, utf8);
        }
        else if (reader.ValueTextEquals("currency"u8))
        {
            order.Currency = Next(ref reader, utf8);
        }
        else if (reader.ValueTextEquals("date_created_gmt"u8))
        {
            order.Time = Time(Next(ref reader, utf8).Span);
        }
        else if (reader.ValueTextEquals("discount_total"u8))
        {
            order.Discount += Amount(Next(ref reader, utf8).Span);
        }
        else if (reader.ValueTextEquals("discount_tax"u8))
        {
            order.Discount += Amount(Next(ref reader, utf8).Span);
        }
        else if (reader.ValueTextEquals("shipping_total"u8))
        {
            order.Shipping = Amount(Next(ref reader, utf8).Span);
        }
        else if (reader.ValueTextEquals("total"u8))
        {
            order.Total = Amount(Next(ref reader, utf8).Span);
        }
        else if (reader.ValueTextEquals("total_tax"u8))
        {
            order.Tax = Amount(Next(ref reader, utf8).Span);
        }
        else if (reader.ValueTextEquals("customer_id"u8))
        {
            order.CustomerId = Next(ref reader, utf8);
        }
        else if (reader.ValueTextEquals("payment_method"u8))
        {
            order.PaymentMethod = Next(ref reader, utf8);
        }
        else if (reader.ValueTextEquals("billing"u8))
        {
            ReadBilling(ref reader, utf8, ref order);
        }
        else if (reader.ValueTextEquals("line_items"u8))
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                ReadLine(ref reader, utf8, ref order);
            }
        }
        else if (reader.ValueTextEquals("coupon_lines"u8))
        {
            ReadCoupons(ref reader, utf8, ref order);
        }
        else
        {
            reader.Read();
            reader.Skip();
        }
    }

    private static void ReadBilling(ref Utf8JsonReader reader, ReadOnlyMemory<byte> utf8, ref Order order)
    {
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("first_name"u8))
            {
                order.FirstName = Next(ref reader, utf8);
            }
            else if (reader.ValueTextEquals("last_name"u8))
            {
                order.LastName = Next(ref reader, utf8);
            }
            else if (reader.ValueTextEquals("email"u8))
            {
                order.Email = Next(ref reader, utf8);
            }
            else if (reader.ValueTextEquals("phone"u8))
            {
                order.Phone = Next(ref reader, utf8);
            }
            else if (reader.ValueTextEquals("address_1"u8))
            {
                order.Street = Next(ref reader, utf8);
            }
            else if (reader.ValueTextEquals("city"u8))
            {
                order.City = Next(ref reader, utf8);
            }
            else if (reader.ValueTextEquals("postcode"u8))
            {
                order.ZipCode = Next(ref reader, utf8);
            }
            else if (reader.ValueTextEquals("country"u8))
            {
                order.Country = Next(ref reader, utf8);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }
    }

    private void ReadLine(ref Utf8JsonReader reader, ReadOnlyMemory<byte> utf8, ref Order order)
    {
        if (_lineCount == _lines.Length)
        {
            Array.Resize(ref _lines, _lineCount * 2);
        }

        ref var line = ref _lines[_lineCount++];
        line = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("name"u8))
            {
                line.Name = Next(ref reader, utf8);
            }
            else if (reader.ValueTextEquals("product_id"u8))
            {
                line.ProductId = Next(ref reader, utf8);
            }
            else if (reader.ValueTextEquals("sku"u8))
            {
                line.Sku = Next(ref reader, utf8);
            }
            else if (reader.ValueTextEquals("quantity"u8))
            {
                line.Quantity = Amount(Next(ref reader, utf8).Span);
            }
            else if (reader.ValueTextEquals("subtotal"u8))
            {
                line.Subtotal = Amount(Next(ref reader, utf8).Span);
            }
            else if (reader.ValueTextEquals("total"u8))
            {
                line.Total = Amount(Next(ref reader, utf8).Span);
            }
            else if (reader.ValueTextEquals("total_tax"u8))
            {
                line.Tax = Amount(Next(ref reader, utf8).Span);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        order.Revenue += line.Total;
    }

    private static void ReadCoupons(ref Utf8JsonReader reader, ReadOnlyMemory<byte> utf8, ref Order order)
    {
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isCode = reader.ValueTextEquals("code"u8);
                reader.Read();
                if (isCode && order.Coupon.IsEmpty)
                {
                    order.Coupon = Value(ref reader, utf8);
                }

                reader.Skip();
            }
        }
    }

    private static ReadOnlyMemory<byte> Next(ref Utf8JsonReader reader, ReadOnlyMemory<byte> utf8)
    {
        reader.Read();
        return Value(ref reader, utf8);
    }

    private static ReadOnlyMemory<byte> Value(ref Utf8JsonReader reader, ReadOnlyMemory<byte> utf8)
    {
        if (reader.ValueIsEscaped)
        {
            return Encoding.UTF8.GetBytes(reader.GetString()!);
        }

        var start = (int)reader.TokenStartIndex + (reader.TokenType == JsonTokenType.String ? 1 : 0);
        return utf8.Slice(start, reader.ValueSpan.Length);
    }

    private static decimal Amount(ReadOnlySpan<byte> utf8) => decimal.Parse(utf8, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static long Time(ReadOnlySpan<byte> utf8)
    {
        Span<char> text = stackalloc char[utf8.Length];
        Encoding.UTF8.GetChars(utf8, text);
        var time = DateTime.ParseExact(
            text, "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
        return new DateTimeOffset(time).ToUnixTimeMilliseconds();
    }

    private static ReadOnlySpan<byte> PaymentMethod(ReadOnlySpan<byte> method)
    {
        foreach (var (theirs, ours) in PaymentMethods)
        {
            if (method.SequenceEqual(theirs))
            {
                return ours;
            }
        }

        return "other"u8;
    }

    private static string EventId(ReadOnlySpan<byte> orderId)
    {
        var prefix = "woocommerce\u001fpurchase\u001f"u8;
        Span<byte> name = stackalloc byte[Namespace.Length + prefix.Length + orderId.Length + 1];
        Namespace.CopyTo(name);
        prefix.CopyTo(name[Namespace.Length..]);
        orderId.CopyTo(name[(Namespace.Length + prefix.Length)..]);
        name[^1] = Separator;
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350
        SHA1.HashData(name, hash);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true).ToString();
    }

    private void Write(in Order order, string eventId)
    {
        _writer.WriteStartObject();
        _writer.WriteString("event_name"u8, "purchase"u8);
        _writer.WriteString("currency"u8, order.Currency.Span);
        _writer.WriteString("id"u8, order.Id.Span);
        _writer.WriteNumber("revenue"u8, Math.Round(order.Revenue, 2, MidpointRounding.AwayFromZero));
        _writer.WriteNumber("value"u8, order.Total);
        _writer.WriteNumber("shipping_amount"u8, order.Shipping);
        _writer.WriteNumber("tax_amount"u8, order.Tax);
        _writer.WriteNumber("discount_value"u8, order.Discount);
        if (!order.Coupon.IsEmpty)
        {
            _writer.WriteString("coupon"u8, order.Coupon.Span);
        }

        _writer.WriteString("payment_method"u8, PaymentMethod(order.PaymentMethod.Span));
        _writer.WriteString("status"u8, "in_progress"u8);
        _writer.WriteStartArray("items"u8);
        foreach (ref readonly var line in _lines.AsSpan(0, _lineCount))
        {
            Write(line);
        }

        _writer.WriteEndArray();
        WriteUser(order);
        _writer.WriteStartObject("context"u8);
        _writer.WriteNumber("event_timestamp"u8, order.Time);
        _writer.WriteStartObject("page"u8);
        _writer.WriteEndObject();
        _writer.WriteStartObject("device"u8);
        _writer.WriteEndObject();
        _writer.WriteString("event_id"u8, eventId);
        _writer.WriteEndObject();
        _writer.WriteString("type"u8, "online"u8);
        _writer.WriteEndObject();
    }

    private void Write(in Line line)
    {
        _writer.WriteStartObject();
        _writer.WriteString("id"u8, line.Sku.Span);
        _writer.WriteNumber("quantity"u8, line.Quantity);
        _writer.WriteNumber("discount"u8, Math.Round((line.Subtotal - line.Total) / line.Quantity, 2, MidpointRounding.AwayFromZero));
        _writer.WriteNumber("value"u8, line.Total + line.Tax);
        _writer.WriteStartObject("product"u8);
        _writer.WriteString("id"u8, line.ProductId.Span);
        if (line.Name.Span.Contains((byte)'&'))
        {
            _writer.WriteString("name"u8, WebUtility.HtmlDecode(Encoding.UTF8.GetString(line.Name.Span)));
        }
        else
        {
            _writer.WriteString("name"u8, line.Name.Span);
        }

        _writer.WriteNumber("price"u8, Math.Round(line.Subtotal / line.Quantity, 2, MidpointRounding.AwayFromZero));
        _writer.WriteEndObject();
        _writer.WriteEndObject();
    }

    private void WriteUser(in Order order)
    {
        _writer.WriteStartObject("user"u8);
        _writer.WriteString("id"u8, order.CustomerId.Span);
        WriteLower("email"u8, order.Email.Span);
        Span<byte> phone = stackalloc byte[Phones.Longest];
        if (Phones.TryNormalise(order.Phone.Span, order.Country.Span, phone, out var length))
        {
            _writer.WriteString("phone"u8, phone[..length]);
        }

        WriteLower("firstname"u8, order.FirstName.Span);
        WriteLower("lastname"u8, order.LastName.Span);
        _writer.WriteString("street"u8, order.Street.Span);
        _writer.WriteString("zipcode"u8, order.ZipCode.Span);
        _writer.WriteString("city"u8, order.City.Span);
        _writer.WriteString("country"u8, order.Country.Span);
        WriteAnonymousId(order.CustomerId.Span);
        _writer.WriteEndObject();
    }

    private void WriteLower(ReadOnlySpan<byte> name, ReadOnlySpan<byte> utf8)
    {
        var given = ArrayPool<char>.Shared.Rent(utf8.Length);
        var lower = ArrayPool<char>.Shared.Rent(utf8.Length);
        var length = Encoding.UTF8.GetChars(utf8, given);
        given.AsSpan(0, length).ToLowerInvariant(lower);
        _writer.WriteString(name, lower.AsSpan(0, length).Trim());
        ArrayPool<char>.Shared.Return(given);
        ArrayPool<char>.Shared.Return(lower);
    }

    private void WriteAnonymousId(ReadOnlySpan<byte> customerId)
    {
        Span<byte> key = stackalloc byte[3 + customerId.Length];
        "id:"u8.CopyTo(key);
        customerId.CopyTo(key[3..]);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_hashKey, key, hash);
        Span<byte> digits = stackalloc byte[32];
        Convert.TryToHexStringLower(hash[..16], digits, out _);
        _writer.WriteString("consistent_anonymous_id"u8, digits);
    }

    private struct Order
    {
        public ReadOnlyMemory<byte> Id, Status, Currency, CustomerId, PaymentMethod, Coupon;
        public ReadOnlyMemory<byte> FirstName, LastName, Email, Phone, Street, City, ZipCode, Country;
        public decimal Revenue, Discount, Shipping, Total, Tax;
        public long Time;
    }

    private struct Line
    {
        public ReadOnlyMemory<byte> Name, ProductId, Sku;
        public decimal Quantity, Subtotal, Total, Tax;
    }
}
