package cn.daiban.kit

import cn.daiban.core.CaseId
import cn.daiban.core.EngineInterface
import cn.daiban.core.RecordId
import cn.daiban.core.Saved
import java.time.Instant
import java.time.LocalDate

/** One line of a material list: 材料名称, 份数, and whether it is 原件 or else a copy. */
public data class MaterialLine(val title: String, val copies: Int = 1, val original: Boolean = false)

/** How a result reached the enterprise. */
public sealed interface Delivery {
    /** 当面递交; who received it is sealed. */
    public data class ByHand(val recipient: String? = null) : Delivery

    /** 邮寄送达: 承运单位, 邮件号, 交寄日期; 收件人 is sealed. */
    public data class ByMail(
        val carrier: String,
        val number: String,
        val postedOn: LocalDate,
        val addressee: String? = null,
    ) : Delivery
}

/**
 * 代办工作日志. This and the three below name the fields of what agents record all day; every other kind goes through `record` alike.
 *
 * ```kotlin
 * engine.io { recordLog(caseId, "规划许可窗口要求补正总平面图", channel = "window", minutes = 90) }
 * ```
 *
 * @param channel a code or a word of the form (`"window"`, `"窗口"`); absent = 上门
 * @param met the enterprise's people who were met; sealed
 * @param recordId drawn by the form: saving twice is one record
 * @param occurredAt 发生; absent = now
 * @param amends the own record that it corrects
 */
public fun EngineInterface.recordLog(
    caseId: CaseId,
    text: String,
    channel: String? = null,
    item: String? = null,
    place: String? = null,
    nextStep: String? = null,
    minutes: Int? = null,
    met: String? = null,
    recordId: RecordId? = null,
    occurredAt: Instant? = null,
    amends: RecordId? = null,
): Saved {
    val values = formValues(
        "text" to text, "channel" to channel, "item" to item, "place" to place, "next_step" to nextStep, "minutes" to minutes, "met" to met,
    )
    return record(caseId, "work_log", values, recordId, occurredAt, amends)
}

/** 收到材料; who handed it over is sealed. See [recordLog]. */
public fun EngineInterface.recordReceipt(
    caseId: CaseId,
    items: List<MaterialLine>,
    handedBy: String? = null,
    recordId: RecordId? = null,
    occurredAt: Instant? = null,
    amends: RecordId? = null,
): Saved {
    val rows = items.map { formValue(mapOf("title" to it.title, "copies" to it.copies, "original" to it.original)) }
    return record(caseId, "material_received", formValues("items" to rows, "handed_by" to handedBy), recordId, occurredAt, amends)
}

/** 代办员交接, from [giver] (移交人; absent = this phone's person) to [to] (接收人), both by id. See [recordLog]. */
public fun EngineInterface.recordHandover(
    caseId: CaseId,
    to: String,
    reason: String,
    openItems: List<String> = emptyList(),
    giver: String? = null,
    recordId: RecordId? = null,
    occurredAt: Instant? = null,
    amends: RecordId? = null,
): Saved {
    val values = formValues("from" to giver, "to" to to, "reason" to reason, "open_items" to openItems)
    return record(caseId, "agent_handover", values, recordId, occurredAt, amends)
}

/** 结果交付 of [results] (证照文件), by hand or by mail. See [recordLog]. */
public fun EngineInterface.recordDelivery(
    caseId: CaseId,
    results: List<String>,
    delivery: Delivery,
    recordId: RecordId? = null,
    occurredAt: Instant? = null,
    amends: RecordId? = null,
): Saved {
    val way = when (delivery) {
        is Delivery.ByHand -> mapOf("by_hand" to mapOf("recipient" to delivery.recipient))
        is Delivery.ByMail -> mapOf(
            "mail" to mapOf(
                "carrier" to delivery.carrier,
                "number" to delivery.number,
                "posted_on" to delivery.postedOn,
                "addressee" to delivery.addressee,
            ),
        )
    }
    return record(caseId, "result_delivered", formValues("results" to results, "delivery" to way), recordId, occurredAt, amends)
}
