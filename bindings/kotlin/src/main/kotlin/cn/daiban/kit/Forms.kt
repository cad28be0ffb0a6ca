package cn.daiban.kit

import cn.daiban.core.FormValue
import cn.daiban.core.RecordForm
import java.time.LocalDate

/**
 * Values by field name, as `record`, `openCase` and `check` take them. What can be written may be a text, as people type it; numbers,
 * `Boolean`, [LocalDate], lists and maps stand for themselves; `null` is an empty field.
 *
 * ```kotlin
 * engine.openCase(formValues("title" to title, "enterprise" to enterprise, "location" to "丰荣街道办事处", "investment_10k_yuan" to "1.2亿"))
 * ```
 */
public fun formValues(vararg fields: Pair<String, Any?>): Map<String, FormValue> = formValues(fields.asIterable())

private fun formValues(fields: Iterable<Pair<String, Any?>>): Map<String, FormValue> =
    fields.mapNotNull { (name, value) -> value?.let { name to formValue(it) } }.toMap()

/** A value of a form; see [formValues]. */
public fun formValue(value: Any): FormValue = when (value) {
    is FormValue -> value
    is String -> FormValue.Text(value)
    is Int -> FormValue.Integer(value.toLong())
    is Long -> FormValue.Integer(value)
    is Boolean -> FormValue.Flag(value)
    is LocalDate -> FormValue.Text(value.toString())
    is Iterable<*> -> FormValue.Several(value.filterNotNull().map(::formValue))
    is Map<*, *> -> FormValue.Fields(formValues(value.entries.map { (name, inner) -> name.toString() to inner }))
    else -> throw IllegalArgumentException("a form holds no ${value::class.simpleName}")
}

/**
 * What stands in a form, by field name: what the phone knows, or what the record says that is corrected.
 *
 * ```kotlin
 * val form = engine.form(caseId, "work_log", recordId)
 * engine.record(caseId, form.kind.code, form.filled() + formValues("text" to "现场踏勘"), amends = recordId)
 * ```
 */
public fun RecordForm.filled(): Map<String, FormValue> =
    fields.mapNotNull { field -> field.value?.let { field.name to it } }.toMap()
