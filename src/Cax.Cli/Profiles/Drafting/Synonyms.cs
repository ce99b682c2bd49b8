namespace Cax.Cli.Profiles.Drafting;

/// <summary>
/// How platforms call what CAX calls by another name, the likeliest first. Names are compared by their letters and digits alone: <c>orderNumber</c>,
/// <c>order_number</c> and <c>Order Number</c> are one. A name of two words joined by a point is a member within an object.
/// </summary>
internal static class Synonyms
{
    /// <summary>Objects that say who bought or asked.</summary>
    public static readonly string[] People =
        ["customer", "buyer", "user", "contact", "lead", "person", "client", "billing", "billingaddress", "invoiceaddress", "address", "shippingaddress", "shipping"];

    /// <summary>Objects around a single record.</summary>
    public static readonly string[] Wrappers = ["order", "lead", "data", "object", "payload", "record", "resource", "contact", "body"];

    /// <summary>Lists of records.</summary>
    public static readonly string[] Lists = ["orders", "leads", "data", "results", "records", "value", "entries", "contacts", "transactions", "items"];

    /// <summary>The list of what was bought.</summary>
    public static readonly string[] Items =
        ["lineitems", "items", "orderitems", "products", "orderlines", "lines", "positions", "articles", "cartitems", "orderrows", "rows", "basket"];

    /// <summary>When it happened.</summary>
    public static readonly string[] Times =
    [
        "createdatgmt", "datecreatedgmt", "createdat", "created", "datecreated", "createddate", "creationdate", "createdtime", "orderdate", "orderedat", "placedat",
        "purchasedate", "purchasedat", "orderpurchasetimestamp", "ordertime", "invoicedate", "createdate", "createdon", "datecommande", "datedecommande", "datecreation",
        "bestelldatum", "bestellzeitpunkt", "auftragsdatum", "erstelltam", "submittedat", "submitted", "occurredat", "timestamp", "datetime", "date", "datum", "dateadd",
        "time", "updatedat",
    ];

    /// <summary>Properties of the order or lead itself: never looked for within objects about people.</summary>
    public static readonly (string Target, string[] Names)[] Record =
    [
        // A number that customers see comes before a key of the database.
        ("id", [
            "ordernumber", "number", "orderid", "orderno", "orderreference", "reference", "incrementid", "transactionid", "leadid", "invoicenumber", "invoiceno",
            "bestellnummer", "bestellnr", "auftragsnummer", "auftragsnr", "idcommande", "numerocommande", "nocommande", "commande", "recordid", "id", "uuid", "name",
        ]),
        ("currency", ["currency", "currencycode", "ordercurrency", "ordercurrencycode", "currencyiso", "isocurrency", "presentmentcurrency", "devise", "wahrung", "waehrung"]),
        ("value", ["grandtotal", "totalprice", "ordertotal", "totalamount", "amounttotal", "totalincltax", "totalinctax", "totalpaid", "totalgross", "gross", "totalttc", "montantttc", "bestellwert", "gesamtbetrag", "bruttobetrag", "brutto", "total", "amount", "montant", "betrag", "value"]),
        ("revenue", ["revenue", "totalnet", "nettotal", "totalexcltax", "totalextax", "net", "totalht", "montantht", "nettobetrag", "netto", "subtotalprice", "subtotal"]),
        ("tax_amount", ["totaltax", "taxamount", "taxtotal", "taxes", "tax", "vat", "vatamount", "tva", "mwst", "ust"]),
        ("shipping_amount", ["shippingtotal", "totalshipping", "shippingamount", "shippingcost", "shippingcosts", "shippingprice", "shippingfee", "freight", "freightvalue", "fraisdeport", "versandkosten", "versand", "shipping"]),
        ("discount_value", ["totaldiscounts", "discounttotal", "totaldiscount", "discountamount", "discount", "remise", "rabatt"]),
        ("payment_method", ["paymentmethod", "paymentmethodtitle", "paymenttype", "payment.method", "payment.type", "gateway", "payment", "moyendepaiement", "modedepaiement", "zahlungsart"]),
        ("coupon", ["couponcode", "coupon", "vouchercode", "voucher", "promocode", "discountcode", "codepromo", "gutschein"]),
    ];

    /// <summary>Properties of the person.</summary>
    public static readonly (string Target, string[] Names)[] Person =
    [
        ("user.id", ["customerid", "customernumber", "customer.id", "userid", "buyerid", "clientid", "contactid", "user.id", "buyer.id", "customerno", "idclient", "numeroclient", "kundennummer", "kundennr"]),
        ("user.email", ["email", "emailaddress", "customeremail", "mail", "workemail", "courriel"]),
        ("user.phone", ["phone", "phonenumber", "telephone", "mobile", "mobilephone", "mobilephonenumber", "tel", "telefon", "handy"]),
        ("user.firstname", ["firstname", "givenname", "forename", "prenom", "vorname"]),
        ("user.lastname", ["lastname", "familyname", "surname", "nom", "nachname"]),
        ("user.street", ["street", "address1", "addressline1", "street1", "streetaddress", "rue", "strasse"]),
        ("user.zipcode", ["zipcode", "zip", "postcode", "postalcode", "codepostal", "plz"]),
        ("user.city", ["city", "town", "ville", "ort", "stadt"]),
        ("user.country", ["countrycode", "countryiso", "country", "countryid", "pays", "land"]),
        ("context.device.ip", ["customeripaddress", "browserip", "clientip", "ipaddress", "remoteip", "ip"]),
        ("context.device.user_agent", ["customeruseragent", "useragent"]),
    ];

    /// <summary>Properties of an item.</summary>
    public static readonly (string Target, string[] Names)[] Item =
    [
        ("id", ["sku", "itemid", "variantid", "productid", "articlenumber", "stockcode", "itemsku", "productcode", "idproduit", "artikelnummer", "artikelnr", "ean", "gtin", "code", "id"]),
        ("quantity", ["quantity", "qty", "qtyordered", "count", "pieces", "units", "itemquantity", "quantite", "qte", "menge", "anzahl"]),
        ("product.id", ["productid", "product.id", "sku", "articlenumber", "itemid", "stockcode", "itemsku", "productcode", "idproduit", "artikelnummer", "artikelnr", "ean", "gtin", "code", "id"]),
        ("product.name", ["productname", "name", "title", "product.name", "label", "itemname", "item", "product", "article", "nomproduit", "produit", "designation", "artikelname", "artikelbezeichnung", "bezeichnung", "artikel", "produkt", "description"]),
        ("product.price", ["unitprice", "price", "baseprice", "priceexcltax", "itemprice", "product.price", "itemcost", "prixunitaire", "prix", "einzelpreis", "stuckpreis", "preis"]),
        ("variant", ["varianttitle", "variantname", "variant"]),
        ("product.brand", ["brand", "vendor", "manufacturer"]),
        ("product.category_1", ["category", "producttype", "categoryname", "categorie", "kategorie", "produktkategorie"]),
    ];
}
