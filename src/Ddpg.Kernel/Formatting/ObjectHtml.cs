using System.Collections;
using System.Net;
using System.Reflection;
using System.Text;

namespace Ddpg.Kernel.Formatting;

/// <summary>Values as HTML when nobody registered a formatter: objects as a table of their members, sequences as a table of their items.</summary>
internal static class ObjectHtml
{
    private const int MaximumItems = 20;
    private const int MaximumDepth = 6;

    internal static string Of(object? value) => Of(value, 0, []);

    /// <summary>A row an item, a column a member; all items.</summary>
    internal static string Table(IEnumerable<object?> items) => Rows([.. items], more: false, 0, []);

    private static string Of(object? value, int depth, List<object> path)
    {
        if (value is null || PlainText.IsBestFor(value.GetType())) return Plain(PlainText.Of(value), depth);
        if (depth >= MaximumDepth || path.Contains(value, ReferenceEqualityComparer.Instance)) return Plain(PlainText.NameOf(value.GetType()), depth);
        path.Add(value);
        string html = value switch
        {
            IDictionary dictionary => Dictionary(dictionary, depth, path),
            IEnumerable items => Sequence(items, depth, path),
            _ => Members(value, depth, path),
        };
        path.RemoveAt(path.Count - 1);
        return html;
    }

    private static string Plain(string text, int depth) =>
        depth > 0 ? WebUtility.HtmlEncode(text) : $"<div class=\"dni-plaintext\"><pre>{WebUtility.HtmlEncode(text)}</pre></div>";

    private static string Members(object value, int depth, List<object> path)
    {
        var html = new StringBuilder("<table><thead><tr><th>name</th><th>value</th></tr></thead><tbody>");
        foreach (MemberInfo member in MembersOf(value.GetType()))
            html.Append("<tr><td>").Append(WebUtility.HtmlEncode(member.Name)).Append("</td><td>").Append(Of(Read(member, value), depth + 1, path)).Append("</td></tr>");
        return html.Append("</tbody></table>").ToString();
    }

    private static string Dictionary(IDictionary dictionary, int depth, List<object> path)
    {
        var html = new StringBuilder("<table><thead><tr><th><i>key</i></th><th>value</th></tr></thead><tbody>");
        int count = 0;
        foreach (DictionaryEntry entry in dictionary)
        {
            if (count++ == MaximumItems) break;
            html.Append("<tr><td>").Append(Of(entry.Key, depth + 1, path)).Append("</td><td>").Append(Of(entry.Value, depth + 1, path)).Append("</td></tr>");
        }

        return html.Append("</tbody></table>").Append(More(dictionary.Count - MaximumItems)).ToString();
    }

    private static string Sequence(IEnumerable items, int depth, List<object> path)
    {
        // One item more than is shown tells an infinite sequence from one that ends here, without running it to its end.
        List<object?> shown = [.. items.Cast<object?>().Take(MaximumItems + 1)];
        bool more = shown.Count > MaximumItems;
        if (more) shown.RemoveAt(MaximumItems);
        string table = Rows(shown, more, depth, path);
        return !more ? table : table + (items is ICollection collection ? More(collection.Count - MaximumItems) : "<i>(more)</i>");
    }

    private static string Rows(IReadOnlyList<object?> items, bool more, int depth, List<object> path)
    {
        if (items.Count == 0 && !more) return "<i>(empty)</i>";
        List<MemberInfo>? columns = ColumnsOf(items);
        var html = new StringBuilder("<table><thead><tr><th><i>index</i></th>");
        foreach (string name in columns?.Select(column => column.Name) ?? ["value"])
            html.Append("<th>").Append(WebUtility.HtmlEncode(name)).Append("</th>");
        html.Append("</tr></thead><tbody>");
        for (int index = 0; index < items.Count; index++)
        {
            html.Append("<tr><td>").Append(index).Append("</td>");
            foreach (object? cell in columns is null ? [items[index]] : columns.Select(column => Read(column, items[index]!)))
                html.Append("<td>").Append(Of(cell, depth + 1, path)).Append("</td>");
            html.Append("</tr>");
        }

        return html.Append("</tbody></table>").ToString();
    }

    /// <summary>The members of the items as columns when all items are objects of one type, else null: one column of values.</summary>
    private static List<MemberInfo>? ColumnsOf(IReadOnlyList<object?> items)
    {
        Type? type = items.Count > 0 ? items[0]?.GetType() : null;
        if (type is null || PlainText.IsBestFor(type) || typeof(IEnumerable).IsAssignableFrom(type) || items.Any(item => item?.GetType() != type)) return null;
        List<MemberInfo> members = [.. MembersOf(type)];
        return members.Count > 0 ? members : null;
    }

    private static IEnumerable<MemberInfo> MembersOf(Type type) =>
        type.GetMembers(BindingFlags.Instance | BindingFlags.Public)
            .Where(member => member is FieldInfo || (member is PropertyInfo { CanRead: true } property && property.GetIndexParameters().Length == 0 && property.GetMethod!.IsPublic
                && !property.PropertyType.IsByRefLike && !property.PropertyType.IsByRef && !property.PropertyType.IsPointer))
            .DistinctBy(member => member.Name);

    private static object? Read(MemberInfo member, object value)
    {
        try
        {
            return member is FieldInfo field ? field.GetValue(value) : ((PropertyInfo)member).GetValue(value);
        }
        catch (TargetInvocationException exception) when (exception.InnerException is { } inner)
        {
            // A getter that throws is something to see in the table, not the end of it.
            return $"{inner.GetType().Name}: {inner.Message}";
        }
    }

    private static string More(int count) => count > 0 ? $"<i>({count} more)</i>" : "";
}
