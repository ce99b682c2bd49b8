namespace Cax.Core.Mapping.Normalising;

/// <summary>The levels of a product's category that CAX knows (CAX reference 12.16).</summary>
internal static class CategoryLevels
{
    public static readonly byte[][] Names =
        ["category_1"u8.ToArray(), "category_2"u8.ToArray(), "category_3"u8.ToArray(), "category_4"u8.ToArray(), "category_5"u8.ToArray()];
}
