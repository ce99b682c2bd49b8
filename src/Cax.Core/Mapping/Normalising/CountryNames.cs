using System.Text;
using Codes = System.Collections.Generic.Dictionary<string, System.ReadOnlyMemory<byte>>;

namespace Cax.Core.Mapping.Normalising;

/// <summary>
/// Countries as people and their systems write them, in English, in their own European languages or with three letters: two letters for each
/// (ISO 3166-1). A name that means two countries (Congo, Korea) is in none.
/// </summary>
internal static class CountryNames
{
    /// <summary>In UTF-16 code units.</summary>
    private const int LongestName = 64;

    /// <summary>Two letters, three letters, names.</summary>
    private const string Table = """
        AD|AND|Andorra
        AE|ARE|United Arab Emirates|UAE|Emirates
        AF|AFG|Afghanistan
        AG|ATG|Antigua and Barbuda|Antigua & Barbuda
        AI|AIA|Anguilla
        AL|ALB|Albania|Shqipëria
        AM|ARM|Armenia
        AO|AGO|Angola
        AQ|ATA|Antarctica
        AR|ARG|Argentina
        AS|ASM|American Samoa
        AT|AUT|Austria|Österreich|Oesterreich|Autriche
        AU|AUS|Australia
        AW|ABW|Aruba
        AX|ALA|Åland Islands|Aland Islands|Åland
        AZ|AZE|Azerbaijan
        BA|BIH|Bosnia and Herzegovina|Bosnia & Herzegovina|Bosna i Hercegovina
        BB|BRB|Barbados
        BD|BGD|Bangladesh
        BE|BEL|Belgium|Belgique|België|Belgie|Belgien
        BF|BFA|Burkina Faso
        BG|BGR|Bulgaria|България
        BH|BHR|Bahrain
        BI|BDI|Burundi
        BJ|BEN|Benin|Bénin
        BL|BLM|Saint Barthélemy|Saint Barthelemy|St. Barthélemy
        BM|BMU|Bermuda
        BN|BRN|Brunei|Brunei Darussalam
        BO|BOL|Bolivia|Bolivia, Plurinational State of
        BQ|BES|Bonaire, Sint Eustatius and Saba|Caribbean Netherlands|Bonaire
        BR|BRA|Brazil|Brasil
        BS|BHS|Bahamas|The Bahamas
        BT|BTN|Bhutan
        BV|BVT|Bouvet Island
        BW|BWA|Botswana
        BY|BLR|Belarus
        BZ|BLZ|Belize
        CA|CAN|Canada
        CC|CCK|Cocos (Keeling) Islands|Cocos Islands
        CD|COD|Democratic Republic of the Congo|Congo, The Democratic Republic of the|Congo, Democratic Republic of the|DR Congo
        CF|CAF|Central African Republic
        CG|COG|Republic of the Congo|Congo-Brazzaville
        CH|CHE|Switzerland|Schweiz|Suisse|Svizzera
        CI|CIV|Côte d'Ivoire|Cote d'Ivoire|Côte d’Ivoire|Ivory Coast
        CK|COK|Cook Islands
        CL|CHL|Chile
        CM|CMR|Cameroon|Cameroun
        CN|CHN|China|People's Republic of China
        CO|COL|Colombia
        CR|CRI|Costa Rica
        CU|CUB|Cuba
        CV|CPV|Cabo Verde|Cape Verde
        CW|CUW|Curaçao|Curacao
        CX|CXR|Christmas Island
        CY|CYP|Cyprus|Κύπρος
        CZ|CZE|Czech Republic|Czechia|Česko|Česká republika|Tschechien
        DE|DEU|Germany|Deutschland|Allemagne|Duitsland|Alemania|Germania|GER
        DJ|DJI|Djibouti
        DK|DNK|Denmark|Danmark|Dänemark
        DM|DMA|Dominica
        DO|DOM|Dominican Republic
        DZ|DZA|Algeria|Algérie
        EC|ECU|Ecuador
        EE|EST|Estonia|Eesti
        EG|EGY|Egypt
        EH|ESH|Western Sahara
        ER|ERI|Eritrea
        ES|ESP|Spain|España|Espana|Espagne|Spanien
        ET|ETH|Ethiopia
        FI|FIN|Finland|Suomi|Finnland
        FJ|FJI|Fiji
        FK|FLK|Falkland Islands|Falkland Islands (Malvinas)
        FM|FSM|Micronesia|Micronesia, Federated States of|Federated States of Micronesia
        FO|FRO|Faroe Islands|Føroyar
        FR|FRA|France|Frankreich|Francia|Frankrijk
        GA|GAB|Gabon
        GB|GBR|United Kingdom|Great Britain|UK|U.K.|England|Scotland|Wales|Northern Ireland|Royaume-Uni|Großbritannien|Vereinigtes Königreich|United Kingdom of Great Britain and Northern Ireland
        GD|GRD|Grenada
        GE|GEO|Georgia
        GF|GUF|French Guiana|Guyane
        GG|GGY|Guernsey
        GH|GHA|Ghana
        GI|GIB|Gibraltar
        GL|GRL|Greenland
        GM|GMB|Gambia|The Gambia
        GN|GIN|Guinea|Guinée
        GP|GLP|Guadeloupe
        GQ|GNQ|Equatorial Guinea
        GR|GRC|Greece|Hellas|Ελλάδα|Griechenland|EL
        GS|SGS|South Georgia and the South Sandwich Islands
        GT|GTM|Guatemala
        GU|GUM|Guam
        GW|GNB|Guinea-Bissau
        GY|GUY|Guyana
        HK|HKG|Hong Kong|Hong Kong SAR
        HM|HMD|Heard Island and McDonald Islands
        HN|HND|Honduras
        HR|HRV|Croatia|Hrvatska|Kroatien
        HT|HTI|Haiti|Haïti
        HU|HUN|Hungary|Magyarország|Ungarn
        ID|IDN|Indonesia
        IE|IRL|Ireland|Éire|Irland|Republic of Ireland
        IL|ISR|Israel
        IM|IMN|Isle of Man
        IN|IND|India
        IO|IOT|British Indian Ocean Territory
        IQ|IRQ|Iraq
        IR|IRN|Iran|Iran, Islamic Republic of
        IS|ISL|Iceland|Ísland
        IT|ITA|Italy|Italia|Italien|Italie
        JE|JEY|Jersey
        JM|JAM|Jamaica
        JO|JOR|Jordan
        JP|JPN|Japan
        KE|KEN|Kenya
        KG|KGZ|Kyrgyzstan|Kyrgyz Republic
        KH|KHM|Cambodia
        KI|KIR|Kiribati
        KM|COM|Comoros
        KN|KNA|Saint Kitts and Nevis|St. Kitts & Nevis
        KP|PRK|North Korea|Korea, Democratic People's Republic of
        KR|KOR|South Korea|Korea, Republic of|Republic of Korea
        KW|KWT|Kuwait
        KY|CYM|Cayman Islands
        KZ|KAZ|Kazakhstan
        LA|LAO|Laos|Lao People's Democratic Republic
        LB|LBN|Lebanon
        LC|LCA|Saint Lucia|St. Lucia
        LI|LIE|Liechtenstein
        LK|LKA|Sri Lanka
        LR|LBR|Liberia
        LS|LSO|Lesotho
        LT|LTU|Lithuania|Lietuva
        LU|LUX|Luxembourg|Luxemburg
        LV|LVA|Latvia|Latvija
        LY|LBY|Libya|Libyan Arab Jamahiriya
        MA|MAR|Morocco|Maroc
        MC|MCO|Monaco
        MD|MDA|Moldova|Moldova, Republic of|Republic of Moldova
        ME|MNE|Montenegro|Crna Gora
        MF|MAF|Saint Martin|Saint Martin (French part)|St. Martin
        MG|MDG|Madagascar
        MH|MHL|Marshall Islands
        MK|MKD|North Macedonia|Macedonia
        ML|MLI|Mali
        MM|MMR|Myanmar|Burma|Myanmar (Burma)
        MN|MNG|Mongolia
        MO|MAC|Macao|Macau
        MP|MNP|Northern Mariana Islands
        MQ|MTQ|Martinique
        MR|MRT|Mauritania
        MS|MSR|Montserrat
        MT|MLT|Malta
        MU|MUS|Mauritius
        MV|MDV|Maldives
        MW|MWI|Malawi
        MX|MEX|Mexico|México
        MY|MYS|Malaysia
        MZ|MOZ|Mozambique
        NA|NAM|Namibia
        NC|NCL|New Caledonia|Nouvelle-Calédonie
        NE|NER|Niger
        NF|NFK|Norfolk Island
        NG|NGA|Nigeria
        NI|NIC|Nicaragua
        NL|NLD|Netherlands|The Netherlands|Nederland|Holland|Niederlande|Pays-Bas
        NO|NOR|Norway|Norge|Norwegen
        NP|NPL|Nepal
        NR|NRU|Nauru
        NU|NIU|Niue
        NZ|NZL|New Zealand
        OM|OMN|Oman
        PA|PAN|Panama|Panamá
        PE|PER|Peru|Perú
        PF|PYF|French Polynesia|Polynésie française
        PG|PNG|Papua New Guinea
        PH|PHL|Philippines|The Philippines
        PK|PAK|Pakistan
        PL|POL|Poland|Polska|Polen
        PM|SPM|Saint Pierre and Miquelon|St. Pierre & Miquelon
        PN|PCN|Pitcairn|Pitcairn Islands
        PR|PRI|Puerto Rico
        PS|PSE|Palestine|Palestine, State of|Palestinian Territories|Palestinian Territory, Occupied
        PT|PRT|Portugal
        PW|PLW|Palau
        PY|PRY|Paraguay
        QA|QAT|Qatar
        RE|REU|Réunion|Reunion
        RO|ROU|Romania|România|Rumänien
        RS|SRB|Serbia|Srbija
        RU|RUS|Russia|Russian Federation
        RW|RWA|Rwanda
        SA|SAU|Saudi Arabia|KSA
        SB|SLB|Solomon Islands
        SC|SYC|Seychelles
        SD|SDN|Sudan
        SE|SWE|Sweden|Sverige|Schweden
        SG|SGP|Singapore
        SH|SHN|Saint Helena|Saint Helena, Ascension and Tristan da Cunha|St. Helena
        SI|SVN|Slovenia|Slovenija|Slowenien
        SJ|SJM|Svalbard and Jan Mayen|Svalbard & Jan Mayen
        SK|SVK|Slovakia|Slovak Republic|Slovensko|Slowakei
        SL|SLE|Sierra Leone
        SM|SMR|San Marino
        SN|SEN|Senegal|Sénégal
        SO|SOM|Somalia
        SR|SUR|Suriname
        SS|SSD|South Sudan
        ST|STP|Sao Tome and Principe|São Tomé and Príncipe|São Tomé & Príncipe
        SV|SLV|El Salvador
        SX|SXM|Sint Maarten|Sint Maarten (Dutch part)
        SY|SYR|Syria|Syrian Arab Republic
        SZ|SWZ|Eswatini|Swaziland
        TC|TCA|Turks and Caicos Islands|Turks & Caicos Islands
        TD|TCD|Chad|Tchad
        TF|ATF|French Southern Territories
        TG|TGO|Togo
        TH|THA|Thailand
        TJ|TJK|Tajikistan
        TK|TKL|Tokelau
        TL|TLS|Timor-Leste|East Timor
        TM|TKM|Turkmenistan
        TN|TUN|Tunisia|Tunisie
        TO|TON|Tonga
        TR|TUR|Turkey|Türkiye|Turkiye|Türkei
        TT|TTO|Trinidad and Tobago|Trinidad & Tobago
        TV|TUV|Tuvalu
        TW|TWN|Taiwan|Taiwan, Province of China
        TZ|TZA|Tanzania|Tanzania, United Republic of
        UA|UKR|Ukraine
        UG|UGA|Uganda
        UM|UMI|United States Minor Outlying Islands|U.S. Outlying Islands
        US|USA|United States|United States of America|U.S.A.|U.S.|États-Unis|Vereinigte Staaten
        UY|URY|Uruguay
        UZ|UZB|Uzbekistan
        VA|VAT|Vatican City|Holy See|Holy See (Vatican City State)
        VC|VCT|Saint Vincent and the Grenadines|St. Vincent & Grenadines
        VE|VEN|Venezuela|Venezuela, Bolivarian Republic of
        VG|VGB|British Virgin Islands|Virgin Islands, British
        VI|VIR|U.S. Virgin Islands|Virgin Islands, U.S.|US Virgin Islands
        VN|VNM|Vietnam|Viet Nam
        VU|VUT|Vanuatu
        WF|WLF|Wallis and Futuna|Wallis & Futuna
        WS|WSM|Samoa
        XK|XKX|Kosovo
        YE|YEM|Yemen
        YT|MYT|Mayotte
        ZA|ZAF|South Africa
        ZM|ZMB|Zambia
        ZW|ZWE|Zimbabwe
        """;

    private static readonly Codes ByName = Read(static texts => texts[2..]);
    private static readonly Codes ByThreeLetters = Read(static texts => texts[1..2]);

    /// <summary>
    /// The two letters of the country of this name, in either case; false when it is not in the table. <c>UK</c>, <c>EL</c> and <c>UAE</c> are
    /// names, since they are no codes of ISO 3166-1. Nothing is allocated.
    /// </summary>
    public static bool TryGet(ReadOnlySpan<byte> utf8, out ReadOnlyMemory<byte> code) => TryGet(ByName, utf8, out code);

    /// <summary>The two letters for three of ISO 3166-1, in either case. Nothing is allocated.</summary>
    public static bool TryGetOfThreeLetters(ReadOnlySpan<byte> utf8, out ReadOnlyMemory<byte> code) => TryGet(ByThreeLetters, utf8, out code);

    private static bool TryGet(Codes codes, ReadOnlySpan<byte> utf8, out ReadOnlyMemory<byte> code)
    {
        code = default;
        Span<char> text = stackalloc char[LongestName];
        return Encoding.UTF8.TryGetChars(utf8, text, out var length)
            && codes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text[..length].Trim(), out code);
    }

    private static Codes Read(Func<string[], string[]> texts)
    {
        var codes = new Codes(StringComparer.OrdinalIgnoreCase);
        foreach (var line in Table.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var country = line.Split('|');
            var code = Encoding.ASCII.GetBytes(country[0]);
            foreach (var text in texts(country))
            {
                codes.Add(text, code);
            }
        }

        return codes;
    }
}
