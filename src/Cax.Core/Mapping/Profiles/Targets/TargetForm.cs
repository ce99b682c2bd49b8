namespace Cax.Core.Mapping.Profiles.Targets;

/// <summary>What a property of an event takes, and so how a value of the source becomes one.</summary>
internal enum TargetForm
{
    /// <summary>A text; integers are taken digit for digit.</summary>
    Text,

    /// <summary>An amount: rounded to the digits of the event's currency.</summary>
    Money,

    Number,

    /// <summary>Three letters, in upper case.</summary>
    Currency,

    /// <summary>A customer id; those of guests are left out.</summary>
    PersonId,

    Email,

    /// <summary>E.164.</summary>
    Phone,

    /// <summary>A person's name: in lower case (CAX reference 5.1).</summary>
    Name,

    Gender,

    /// <summary><c>YYYY-MM-DD</c></summary>
    Birthdate,

    Country,

    /// <summary>64 hexadecimal digits.</summary>
    Sha256,

    /// <summary>32 hexadecimal digits.</summary>
    Md5,

    Ip,

    /// <summary>A list of texts.</summary>
    Texts,

    /// <summary>A list of items.</summary>
    Items,

    /// <summary>A custom property: texts, numbers and booleans as they are.</summary>
    Any,
}
