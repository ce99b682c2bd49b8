using System.Text.Json;
using Cax.Core.Mapping.Profiles.Plan;
using Cax.Core.Mapping.Tape;

namespace Cax.Core.Mapping.Profiles.Paths;

/// <summary>A path into the record, compiled. Following it costs no memory.</summary>
internal sealed class SourcePath(string text, PathRoot root, PathStep[] steps)
{
    /// <summary>The path as it stands in the profile.</summary>
    public string Text => text;

    public PathRoot Root => root;

    /// <summary>Whether it may lead to several values.</summary>
    public bool IsList { get; } = root == PathRoot.Group || steps.Any(step => step.Kind == StepKind.Every);

    public static bool TryParse(string text, out SourcePath? path, out PathMistake mistake)
    {
        path = new PathParser(text).Parse(out mistake);
        return path is not null;
    }

    /// <summary>The first value it leads to; <see cref="JsonTape.Nothing"/> when there is none.</summary>
    public int Find(Evaluation at) => root == PathRoot.Group ? FirstOfGroup(at) : First(at, at.RootOf(root), 0);

    /// <summary>Puts every value it leads to on the stack. An element of a list in which there is nothing leaves a gap.</summary>
    public void Gather(Evaluation at)
    {
        if (root != PathRoot.Group)
        {
            All(at, at.RootOf(root), 0, inList: false);
            return;
        }

        for (var i = 0; i < at.GroupCount; i++)
        {
            All(at, at.GroupElement(i), 0, inList: true);
        }
    }

    /// <summary>The list itself of a path that ends in <c>[]</c>; <see cref="JsonTape.Nothing"/> when it is not there.</summary>
    public int FindList(Evaluation at) => First(at, at.RootOf(root), 0, steps.Length - 1);

    /// <summary>The lists that were gone through on the way to a value, each with its element on that way, from the outermost.</summary>
    /// <param name="at">The record.</param>
    /// <param name="value">The value.</param>
    /// <param name="before">The same of a value that comes before it, so that lists are passed over once; empty for the first.</param>
    public IReadOnlyList<(int List, int Element)> ListsAround(Evaluation at, int value, IReadOnlyList<(int List, int Element)> before)
    {
        var lists = new List<(int List, int Element)>();
        var node = at.RootOf(root);
        foreach (var step in steps)
        {
            if (step.Kind != StepKind.Every)
            {
                node = Next(at.Tape, node, step);
            }
            else if (at.Tape.Kind(node) == JsonValueKind.Array)
            {
                var element = lists.Count < before.Count && before[lists.Count].List == node ? before[lists.Count].Element : JsonTape.First(node);
                while (at.Tape.EndOf(element) <= value)
                {
                    element = at.Tape.EndOf(element);
                }

                lists.Add((node, element));
                node = element;
            }
        }

        return lists;
    }

    private int FirstOfGroup(Evaluation at)
    {
        for (var i = 0; i < at.GroupCount; i++)
        {
            if (First(at, at.GroupElement(i), 0) is var found and >= 0 && !at.Tape.IsNothing(found))
            {
                return found;
            }
        }

        return JsonTape.Nothing;
    }

    private int First(Evaluation at, int node, int step) => First(at, node, step, steps.Length);

    private int First(Evaluation at, int node, int step, int end)
    {
        for (; node >= 0 && step < end; step++)
        {
            if (steps[step].Kind == StepKind.Every)
            {
                return FirstOfEvery(at, node, step + 1, end);
            }

            node = Next(at.Tape, node, steps[step]);
        }

        return node;
    }

    private int FirstOfEvery(Evaluation at, int node, int step, int end)
    {
        if (at.Tape.Kind(node) != JsonValueKind.Array)
        {
            return First(at, node, step, end);
        }

        for (var child = JsonTape.First(node); child < at.Tape.EndOf(node) && at.MayGoOn; child = at.Tape.EndOf(child))
        {
            at.Tape.Visits++;
            if (First(at, child, step, end) is var found and >= 0 && !at.Tape.IsNothing(found))
            {
                return found;
            }
        }

        return JsonTape.Nothing;
    }

    private void All(Evaluation at, int node, int step, bool inList)
    {
        for (; node >= 0 && step < steps.Length; step++)
        {
            if (steps[step].Kind == StepKind.Every && at.Tape.Kind(node) == JsonValueKind.Array)
            {
                for (var child = JsonTape.First(node); child < at.Tape.EndOf(node) && at.MayGoOn; child = at.Tape.EndOf(child))
                {
                    at.Tape.Visits++;
                    All(at, child, step + 1, inList: true);
                }

                return;
            }

            // What should be a list and is not counts as a list of one.
            node = steps[step].Kind == StepKind.Every ? node : Next(at.Tape, node, steps[step]);
        }

        if (!at.Tape.IsNothing(node))
        {
            at.Values.Push(Value.Of(node));
        }
        else if (inList)
        {
            at.Values.Push(Value.Gap);
        }
    }

    private static int Next(JsonTape tape, int node, PathStep step) => step.Kind switch
    {
        StepKind.Member => tape.Find(node, step.Name!),
        StepKind.Position => tape.At(node, step.Position),
        StepKind.AnyMember => AnyMember(tape, node),
        _ => Where(tape, node, step),
    };

    private static int AnyMember(JsonTape tape, int node)
    {
        if (tape.Kind(node) != JsonValueKind.Object)
        {
            return JsonTape.Nothing;
        }

        for (var child = JsonTape.First(node); child < tape.EndOf(node); child = tape.EndOf(child))
        {
            tape.Visits++;
            if (!tape.IsNothing(child))
            {
                return child;
            }
        }

        return JsonTape.Nothing;
    }

    private static int Where(JsonTape tape, int node, PathStep step)
    {
        if (tape.Kind(node) != JsonValueKind.Array)
        {
            return JsonTape.Nothing;
        }

        for (var child = JsonTape.First(node); child < tape.EndOf(node); child = tape.EndOf(child))
        {
            var key = child;
            foreach (var name in step.Key!)
            {
                key = key < 0 ? key : tape.Find(key, name);
            }

            tape.Visits++;
            if (key >= 0 && tape.Kind(key) is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False && Texts.AreAlike(tape, key, step.Wanted!))
            {
                return child;
            }
        }

        return JsonTape.Nothing;
    }

    public override string ToString() => text;
}
