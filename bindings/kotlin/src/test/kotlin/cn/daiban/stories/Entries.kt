package cn.daiban.stories

import cn.daiban.core.FieldShape
import cn.daiban.core.FormField
import cn.daiban.core.FormValue
import cn.daiban.kit.formValue
import cn.daiban.kit.formValues
import java.time.LocalDate

/** A kind of record, and what its form holds. */
internal typealias Entry = Pair<String, Map<String, FormValue>>

internal const val SOMEBODY = "王女士 13900000000"
internal val day: LocalDate = LocalDate.of(2026, 11, 20)
internal val items = listOf(
    mapOf("title" to "总平面图", "copies" to 3, "original" to true),
    mapOf("title" to "营业执照副本", "copies" to 1, "original" to false),
)

private fun entry(kind: String, vararg fields: Pair<String, Any?>): Entry = kind to formValues(*fields)

internal fun inquiry(): Map<String, FormValue> = formValues("text" to "何时可以领证？", "channel" to "telephone", "asked_by" to SOMEBODY)

/** Each kind with each of its fields. */
internal fun everyKind(me: String, other: String, inquiry: String): List<Entry> = listOf(
    entry(
        "case_opened",
        "title" to "项目", "enterprise" to "企业", "location" to "fengrong", "investment_10k_yuan" to 500,
        "decision" to mapOf("number" to "普政〔2026〕8号", "date" to day), "benefit" to "效益", "needs" to "要素", "contact" to SOMEBODY,
    ),
    entry(
        "work_log",
        "text" to "踏勘", "channel" to "on_site", "item" to "施工许可", "place" to "现场", "next_step" to "补正", "minutes" to 45, "met" to "陈经理",
    ),
    entry(
        "authorization_letter_signed",
        "project_name" to "项目", "project_code" to "2026-01", "enterprise" to "企业", "chief" to me, "scope" to listOf("施工许可", "规划许可"),
        "chief_signed_on" to day, "enterprise_signed_on" to day.plusDays(1), "accompanied_by" to other, "signatory" to "法人赵某",
    ),
    entry("material_received", "items" to items, "handed_by" to "经办人钱某"),
    entry("material_returned", "items" to items, "received" to inquiry, "taken_by" to "经办人孙某"),
    entry("result_delivered", "results" to listOf("施工许可证"), "delivery" to mapOf("by_hand" to mapOf("recipient" to "收件人周某"))),
    entry("result_delivered", "results" to listOf("施工许可证"), "delivery" to mailed("中国邮政", "addressee" to "吴某")),
    entry("agent_handover", "from" to me, "to" to other, "open_items" to listOf("施工许可"), "reason" to "工作调整"),
    entry("flow_table_submitted", "group" to "planning", "rows" to listOf(row("agent" to other, "fee_yuan" to 100, "fee_basis" to "价格法"))),
    entry("flow_table_submitted", "group" to "dispatch", "nil_reason" to "本组无代办事项"),
    entry("no_change", "week" to "2026-W47", "note" to "等待专家评审"),
    entry("problem_raised", "text" to "控规未批", "group" to "planning", "units_needed" to listOf("housing"), "suggestion" to "请协调"),
    "inquiry" to inquiry(),
    entry("inquiry_answered", "inquiry" to inquiry, "text" to "下周一", "channel" to "wechat"),
)

private fun mailed(carrier: String, vararg more: Pair<String, Any>) =
    mapOf("mail" to mapOf("carrier" to carrier, "number" to "1012345678901", "posted_on" to day, *more))

private fun row(vararg more: Pair<String, Any>) =
    mapOf("unit" to "housing", "item" to "施工许可", "materials" to listOf("图纸"), "planned_working_days" to 7, *more)

/** Each kind with one field wrong: the field to blame, the kind, its values. */
internal fun wrongFields(me: String): List<Triple<String, String, Map<String, FormValue>>> = listOf(
    "title" to entry("case_opened", "title" to " ", "enterprise" to "企业", "location" to "fengrong", "investment_10k_yuan" to 20_000),
    "investment_10k_yuan" to
        entry("case_opened", "title" to "项目", "enterprise" to "企业", "location" to "fengrong", "investment_10k_yuan" to 9_999),
    "text" to entry("work_log", "text" to "", "channel" to "window"),
    "minutes" to entry("work_log", "text" to "踏勘", "minutes" to -1),
    "channel" to entry("work_log", "text" to "踏勘", "channel" to "飞鸽"),
    "colour" to entry("work_log", "text" to "踏勘", "colour" to "red"),
    "scope" to entry("authorization_letter_signed", "scope" to emptyList<String>(), "chief_signed_on" to day, "enterprise_signed_on" to day),
    "chief_signed_on" to
        entry("authorization_letter_signed", "scope" to "施工许可", "chief_signed_on" to "2021-02-30", "enterprise_signed_on" to day),
    "items" to entry("material_received", "items" to emptyList<Any>()),
    "items.0.copies" to entry("material_returned", "items" to listOf(mapOf("title" to "图", "copies" to 0, "original" to true))),
    "results" to entry("result_delivered", "results" to emptyList<String>(), "delivery" to mapOf("by_hand" to emptyMap<String, Any>())),
    "delivery.mail.carrier" to entry("result_delivered", "results" to listOf("证"), "delivery" to mailed("")),
    "to" to entry("agent_handover", "to" to me, "reason" to "工作调整"),
    "reason" to entry("agent_handover", "to" to "somebody-else", "reason" to ""),
    "rows" to entry("flow_table_submitted", "group" to "planning"),
    "rows.0.fee_basis" to entry("flow_table_submitted", "group" to "planning", "rows" to listOf(row("fee_yuan" to 1))),
    "week" to entry("no_change", "week" to "2026-W54"),
    "note" to entry("no_change", "note" to "长".repeat(201)),
    "text" to entry("problem_raised", "text" to "", "group" to "planning"),
    "text" to entry("inquiry", "text" to "", "channel" to "window"),
    "text" to entry("inquiry_answered", "inquiry" to "0".repeat(32), "text" to "", "channel" to "window"),
).map { (field, entry) -> Triple(field, entry.first, entry.second) }

/** What a person would put into a field, whatever it is. */
internal fun typedByHand(field: FormField, me: String): FormValue = typedByHand(field.shape, me)

private fun typedByHand(shape: FieldShape, me: String): FormValue = when (shape) {
    is FieldShape.Text -> formValue("现场踏勘")
    is FieldShape.Integer -> formValue("3")
    is FieldShape.Money -> formValue("1.2亿")
    is FieldShape.Date -> formValue("2026年11月20日")
    is FieldShape.Week -> formValue("2026-W47")
    is FieldShape.Flag -> formValue(true)
    is FieldShape.Choice -> formValue(shape.options.first().zh)
    is FieldShape.Person -> formValue(me)
    is FieldShape.Unit -> formValue("fengrong")
    is FieldShape.Record -> formValue("0".repeat(32))
    is FieldShape.Sealed -> formValue(SOMEBODY)
    is FieldShape.Several -> FormValue.Several(listOf(typedByHand(shape.of, me)))
    is FieldShape.Rows -> FormValue.Several(listOf(typedByHand(shape.columns, me)))
    is FieldShape.Fields -> typedByHand(shape.fields, me)
    is FieldShape.OneOf -> shape.variants.first().let { formValue(mapOf(it.name to typedByHand(it.fields, me))) }
}

private fun typedByHand(fields: List<FormField>, me: String): FormValue = FormValue.Fields(fields.associate { it.name to typedByHand(it, me) })
