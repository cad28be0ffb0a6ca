package cn.daiban.stories

import cn.daiban.core.EngineException
import cn.daiban.core.FieldShape
import cn.daiban.core.FormValue
import cn.daiban.harness.logOf
import cn.daiban.harness.opening
import cn.daiban.kit.Delivery
import cn.daiban.kit.MaterialLine
import cn.daiban.kit.code
import cn.daiban.kit.filled
import cn.daiban.kit.formValue
import cn.daiban.kit.formValues
import cn.daiban.kit.recordDelivery
import cn.daiban.kit.recordHandover
import cn.daiban.kit.recordLog
import cn.daiban.kit.recordReceipt
import cn.daiban.kit.zh
import java.time.DateTimeException
import java.time.Instant
import java.time.LocalDate
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DisplayName
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows

class FormsTest : TownTest() {
    @Test
    @DisplayName("09 chinese_text 汉字与其他文字逐字节往返")
    fun chineseText() {
        val (a, b) = town.settled() to town.settled()
        val case = town.sharedCase(a, b)
        val texts = listOf(
            "𠮷野家旁的䶮字碑，㐂、𡈽、﨑，龘",
            "👩‍👩‍👧‍👦👍🏽🏳️‍🌈🇨🇳",
            "المشروع رقم ١٢ (עברית) abc",
            "e\u0301 n\u0303 \u0928\u093F \u1100\u1161\u11A8 a\u0300\u0316",
            "首行\n\t次行\n“引号”〇\u3000全角\u00A0空格",
            "龙".repeat(4_998) + "𠮷👍",
        )
        val records = texts.map { a.log(case, it).recordId }
        val tooLong = assertThrows<EngineException.Invalid> { a.log(case, "龙".repeat(5_001)) }
        assertEquals("field" to "text", tooLong.code to tooLong.field)
        assertTrue(tooLong.zh.contains("5000"), tooLong.zh)

        assertEquals(texts.size.toLong(), a.sync().sent)
        b.sync()
        for ((record, text) in records zip texts) {
            val kept = b.kept(case, "work_log", record).getValue("text") as FormValue.Text
            assertEquals(text.toByteArray().toList(), kept.value.toByteArray().toList())
            assertEquals(text, b.record(case, record)!!.fields.single { it.name == "text" }.textZh)
        }
    }

    @Test
    @DisplayName("11 forms 每类表单存后读回不变")
    fun everyKindReadsBack() {
        val a = town.settled()
        val case = a.openCase()
        val other = town.office.agent()
        val inquiry = a.engine.record(case, "inquiry", inquiry()).recordId
        val kinds = a.case(case).actions.map { it.kind.code }.toSet()
        val told = everyKind(a.person, other, inquiry)
        // A kind of which nothing is told here: its form says what goes in.
        val untold = kinds - told.map { it.first }.toSet()
        val entries = told + untold.map { kind -> kind to a.engine.form(case, kind).fields.associate { it.name to typedByHand(it, a.person) } }
        val records = entries.map { (kind, values) -> a.engine.record(case, kind, values).recordId }
        val read = { (told zip records).map { (entry, record) -> entry.first to a.kept(case, entry.first, record) } }
        assertEquals(told, read())
        a.reopen()
        assertEquals(told, read())
        a.sync()
        assertEquals(told, read())
        assertEquals(kinds, a.case(case).records.map { it.kind.code }.toSet())

        val corrected = a.engine.record(case, "work_log", logOf("更正后的内容"), amends = records[1]).recordId
        a.sync()
        assertEquals(corrected, a.record(case, records[1])!!.amendedBy)
        assertEquals(records[1], a.record(case, corrected)!!.amends)
    }

    @Test
    @DisplayName("11 forms 表单带出已知内容，逐项说明填法")
    fun aFormTellsAScreenEverything() {
        val a = town.settled()
        val case = a.openCase()
        val form = a.engine.form(case, "work_log")
        assertEquals("work_log", form.kind.code)
        val asked = form.fields.associateBy { it.name }
        assertEquals(FieldShape.Text(5_000, true), asked.getValue("text").shape)
        assertTrue(asked.getValue("text").required && asked.getValue("met").sealed)
        assertEquals(formValues("channel" to "on_site"), form.filled())
        assertEquals(
            formValues("project_name" to "新能源电池项目", "enterprise" to "大连某某公司", "chief" to a.person),
            a.engine.form(case, "authorization_letter_signed").filled(),
        )
        val receipt = a.engine.form(case, "material_received")
        val typed = receipt.fields.associate { it.name to typedByHand(it, a.person) }
        val record = a.engine.record(case, receipt.kind.code, typed).recordId
        val items = listOf(mapOf("title" to "现场踏勘", "copies" to 3, "original" to true))
        assertEquals(formValues("items" to items, "handed_by" to SOMEBODY), a.kept(case, "material_received", record))
        assertEquals("kind", assertThrows<EngineException.Invalid> { a.engine.form(case, "site_dreamt_of") }.field)
    }

    @Test
    @DisplayName("11 forms 边填边查，一次指出全部问题")
    fun checkingWhileTyping() {
        val a = town.settled()
        val case = a.openCase()
        val before = a.engine.myRecords(null)
        val typed = formValues("text" to " ", "channel" to "飞鸽", "minutes" to "很久", "met" to SOMEBODY)
        val problems = a.engine.check(case, "work_log", typed)
        assertEquals(listOf("text", "channel", "minutes"), problems.map { it.field })
        val refused = assertThrows<EngineException.Invalid> { a.engine.record(case, "work_log", typed) }
        assertEquals("text" to problems, refused.field to refused.fields)
        assertEquals(problems.joinToString("\n") { it.zh }, refused.zh)
        val log = formValues("text" to "踏勘", "met" to SOMEBODY)
        assertEquals(listOf("occurred_at"), a.engine.check(case, "work_log", log, Instant.ofEpochSecond(-1)).map { it.field })
        assertEquals(emptyList<Any>(), a.engine.check(case, "work_log", log))
        assertEquals(before, a.engine.myRecords(null))
    }

    @Test
    @DisplayName("11 forms 金额和日期按习惯写法填写")
    fun amountsAndDatesAsPeopleTypeThem() {
        val a = town.settled()
        val amounts = mapOf("1.2亿" to 12_000, "25000万元" to 25_000, "２５０００" to 25_000, "12,000" to 12_000)
        for ((typed, amount) in amounts) {
            val decision = mapOf("number" to "普政〔2026〕8号", "date" to "2026年11月20日")
            val values = opening() + formValues("investment_10k_yuan" to typed, "decision" to decision)
            assertEquals(emptyList<Any>(), a.engine.check(null, "case_opened", values), typed)
            val saved = a.engine.openCase(values)
            val kept = a.kept(saved.caseId, "case_opened", saved.recordId)
            assertEquals(formValue(amount), kept["investment_10k_yuan"], typed)
            assertEquals(formValue(mapOf("number" to "普政〔2026〕8号", "date" to day)), kept["decision"])
        }
        val fraction = a.engine.check(null, "case_opened", opening() + formValues("investment_10k_yuan" to "1.00001亿")).single()
        assertEquals("investment_10k_yuan", fraction.field)
    }

    @Test
    @DisplayName("11 forms 每日常用的四种记录")
    fun whatIsRecordedAllDay() {
        val a = town.settled()
        val case = a.openCase()
        val other = town.office.agent()
        val id = a.engine.newRecordId()
        val first = a.engine.recordLog(case, "踏勘", channel = "窗口", minutes = 45, met = SOMEBODY, recordId = id)
        val again = a.engine.recordLog(case, "踏勘", channel = "window", minutes = 45, met = SOMEBODY, recordId = id)
        assertEquals(listOf(false, true, id), listOf(first.already, again.already, again.recordId))
        assertEquals(formValues("text" to "踏勘", "channel" to "window", "minutes" to 45, "met" to SOMEBODY), a.kept(case, "work_log", id))
        val receipt = a.engine.recordReceipt(case, listOf(MaterialLine("总平面图", 3, true), MaterialLine("营业执照副本")), SOMEBODY).recordId
        assertEquals(formValues("items" to items, "handed_by" to SOMEBODY), a.kept(case, "material_received", receipt))
        val handover = a.engine.recordHandover(case, other, "工作调整", listOf("施工许可")).recordId
        assertEquals(formValue(a.person), a.kept(case, "agent_handover", handover)["from"])
        val mailed = a.engine.recordDelivery(case, listOf("施工许可证"), Delivery.ByMail("中国邮政", "1012345678901", day, SOMEBODY)).recordId
        val way = mapOf("mail" to mapOf("carrier" to "中国邮政", "number" to "1012345678901", "posted_on" to day, "addressee" to SOMEBODY))
        assertEquals(formValue(way), a.kept(case, "result_delivered", mailed)["delivery"])
        val given = a.engine.recordDelivery(case, listOf("施工许可证"), Delivery.ByHand(), amends = mailed).recordId
        assertEquals(formValue(mapOf("by_hand" to emptyMap<String, Any>())), a.kept(case, "result_delivered", given)["delivery"])
    }

    @Test
    @DisplayName("11 forms 填错的字段被指出且不保存")
    fun wrongFieldsAreRefused() {
        val a = town.settled()
        val case = a.openCase()
        val before = a.engine.myRecords(null)
        for ((field, kind, values) in wrongFields(a.person)) {
            val refused = assertThrows<EngineException.Invalid>("$field: $values") { a.engine.record(case, kind, values) }
            assertEquals(field to field, refused.field to refused.fields.first().field, "$values")
            assertTrue(refused.zh.any { it in '一'..'龥' }, refused.zh)
        }
        assertEquals("case_id", assertThrows<EngineException.Invalid> { a.log("不是编号") }.field)
        assertEquals("record_id", assertThrows<EngineException.Invalid> { a.log(case, recordId = "x") }.field)
        assertThrows<DateTimeException> { LocalDate.parse("2021-02-30") }
        assertEquals(before, a.engine.myRecords(null))
    }
}
