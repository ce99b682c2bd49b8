using System.Text;

namespace Cax.Core.Mapping.Profiles.Targets;

/// <summary>Which object of the event a property is a member of.</summary>
internal enum TargetHome
{
    Event,
    User,
    Context,
    Page,
    Device,
    Item,
    Product,
}

/// <summary>A property of the event that a profile may set.</summary>
/// <param name="Name">As a profile writes it: <c>user.email</c>; inside an item <c>product.price</c>.</param>
/// <param name="Home">The object it is a member of.</param>
/// <param name="Form">What it takes.</param>
internal sealed record Target(string Name, TargetHome Home, TargetForm Form)
{
    /// <summary>The name of the member, as UTF-8.</summary>
    public ReadOnlyMemory<byte> Member { get; } = Encoding.UTF8.GetBytes(Name[(Name.LastIndexOf('.') + 1)..]);

    public bool IsList => Form is TargetForm.Texts or TargetForm.Items;
}
