package cn.daiban.stories

import cn.daiban.core.AgentHandoverDraft
import cn.daiban.core.AuthorizationLetterDraft
import cn.daiban.core.CaseOpenedDraft
import cn.daiban.core.Channel
import cn.daiban.core.DecisionDraft
import cn.daiban.core.DeliveryDraft
import cn.daiban.core.EngineException
import cn.daiban.core.FlowRowDraft
import cn.daiban.core.FlowTableDraft
import cn.daiban.core.Group
import cn.daiban.core.InquiryAnsweredDraft
import cn.daiban.core.InquiryDraft
import cn.daiban.core.MaterialItem
import cn.daiban.core.MaterialReceivedDraft
import cn.daiban.core.MaterialReturnedDraft
import cn.daiban.core.NewRecord
import cn.daiban.core.NoChangeDraft
import cn.daiban.core.ProblemDraft
import cn.daiban.core.RecordDraft
import cn.daiban.core.ResultDeliveredDraft
import cn.daiban.core.WorkLogDraft
import cn.daiban.harness.logDraft
import cn.daiban.kit.code
import cn.daiban.kit.zh
import java.time.DateTimeException
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
            val draft = b.engine.draftOf(case, record) as RecordDraft.WorkLog
            assertEquals(text.toByteArray().toList(), draft.v1.text.toByteArray().toList())
            assertEquals(text, b.record(case, record)!!.fields.single { it.name == "text" }.textZh)
        }
    }

    @Test
    @DisplayName("11 forms 每类表单存后读回不变")
    fun everyKindReadsBack() {
        val a = town.settled()
        val case = a.openCase()
        val other = town.office.agent()
        val inquiry = a.engine.record(case, NewRecord(inquiry())).recordId
        val drafts = everyKind(a.person, other, inquiry)
        val records = drafts.map { a.engine.record(case, NewRecord(it)).recordId }
        val read = { records.map { a.engine.draftOf(case, it) } }
        assertEquals(drafts, read())
        a.reopen()
        assertEquals(drafts, read())
        a.sync()
        assertEquals(drafts, read())
        assertEquals(a.engine.choices().kinds.map { it.code }.toSet(), a.case(case).records.map { it.kind.code }.toSet())

        val corrected = a.engine.record(case, NewRecord(logDraft("更正后的内容"), amends = records[1])).recordId
        a.sync()
        assertEquals(corrected, a.record(case, records[1])!!.amendedBy)
        assertEquals(records[1], a.record(case, corrected)!!.amends)
    }

    @Test
    @DisplayName("11 forms 填错的字段被指出且不保存")
    fun wrongFieldsAreRefused() {
        val a = town.settled()
        val case = a.openCase()
        val before = a.engine.myRecords(null)
        for ((field, draft) in wrongFields(a.person)) {
            val refused = assertThrows<EngineException.Invalid>("$field: $draft") { a.engine.record(case, NewRecord(draft)) }
            assertEquals(field, refused.field, "$draft")
            assertTrue(refused.zh.any { it in '一'..'龥' }, refused.zh)
        }
        assertEquals("case_id", assertThrows<EngineException.Invalid> { a.log("不是编号") }.field)
        assertEquals("record_id", assertThrows<EngineException.Invalid> { a.log(case, recordId = "x") }.field)
        assertThrows<DateTimeException> { LocalDate.parse("2021-02-30") }
        assertEquals(before, a.engine.myRecords(null))
    }
}

private val day = LocalDate.of(2026, 11, 20)
private val items = listOf(MaterialItem("总平面图", 3, true), MaterialItem("营业执照副本", 1, false))

private fun inquiry() = RecordDraft.Inquiry(InquiryDraft("何时可以领证？", Channel.TELEPHONE, askedBy = "王女士 13900000000"))

/** Each kind with each of its fields. */
private fun everyKind(me: String, other: String, inquiry: String): List<RecordDraft> = listOf(
    RecordDraft.CaseOpened(
        CaseOpenedDraft("项目", "企业", "fengrong", 500, DecisionDraft("普政〔2026〕8号", day), "效益", "要素", "李先生 13800000000"),
    ),
    RecordDraft.WorkLog(WorkLogDraft("踏勘", Channel.ON_SITE, "施工许可", "现场", "补正", 45, "陈经理")),
    RecordDraft.AuthorizationLetterSigned(
        AuthorizationLetterDraft("项目", "企业", listOf("施工许可", "规划许可"), day, day.plusDays(1), me, "2026-01", other, "法人赵某"),
    ),
    RecordDraft.MaterialReceived(MaterialReceivedDraft(items, "经办人钱某")),
    RecordDraft.MaterialReturned(MaterialReturnedDraft(items, inquiry, "经办人孙某")),
    RecordDraft.ResultDelivered(ResultDeliveredDraft(listOf("施工许可证"), DeliveryDraft.ByHand("收件人周某"))),
    RecordDraft.ResultDelivered(ResultDeliveredDraft(listOf("施工许可证"), DeliveryDraft.Mail("中国邮政", "1012345678901", day, "吴某"))),
    RecordDraft.AgentHandover(AgentHandoverDraft(other, "工作调整", listOf("施工许可"), me)),
    RecordDraft.FlowTableSubmitted(
        FlowTableDraft(Group.PLANNING, listOf(FlowRowDraft("housing", "施工许可", 7, other, listOf("图纸"), 100, "价格法"))),
    ),
    RecordDraft.FlowTableSubmitted(FlowTableDraft(Group.DISPATCH, nilReason = "本组无代办事项")),
    RecordDraft.NoChange(NoChangeDraft("2026-W47", "等待专家评审")),
    RecordDraft.ProblemRaised(ProblemDraft("控规未批", Group.PLANNING, listOf("housing"), "请协调")),
    inquiry(),
    RecordDraft.InquiryAnswered(InquiryAnsweredDraft(inquiry, "下周一", Channel.WECHAT)),
)

/** Each kind with one field wrong, by the field to blame. */
private fun wrongFields(me: String): List<Pair<String, RecordDraft>> = listOf(
    "title" to RecordDraft.CaseOpened(CaseOpenedDraft(" ", "企业", "fengrong", 20_000)),
    "investment_10k_yuan" to RecordDraft.CaseOpened(CaseOpenedDraft("项目", "企业", "fengrong", 9_999)),
    "text" to logDraft(""),
    "minutes" to RecordDraft.WorkLog(WorkLogDraft("踏勘", Channel.ON_SITE, minutes = -1)),
    "scope" to RecordDraft.AuthorizationLetterSigned(AuthorizationLetterDraft("项目", "企业", emptyList(), day, day)),
    "items" to RecordDraft.MaterialReceived(MaterialReceivedDraft(emptyList())),
    "items" to RecordDraft.MaterialReturned(MaterialReturnedDraft(listOf(MaterialItem("图", 0, true)))),
    "results" to RecordDraft.ResultDelivered(ResultDeliveredDraft(emptyList(), DeliveryDraft.ByHand(null))),
    "carrier" to RecordDraft.ResultDelivered(ResultDeliveredDraft(listOf("证"), DeliveryDraft.Mail("", "1", day, null))),
    "to" to RecordDraft.AgentHandover(AgentHandoverDraft(me, "工作调整")),
    "reason" to RecordDraft.AgentHandover(AgentHandoverDraft("somebody-else", "")),
    "rows" to RecordDraft.FlowTableSubmitted(FlowTableDraft(Group.PLANNING)),
    "fee_basis" to RecordDraft.FlowTableSubmitted(FlowTableDraft(Group.PLANNING, listOf(FlowRowDraft("housing", "许可", 7, feeYuan = 1)))),
    "week" to RecordDraft.NoChange(NoChangeDraft("2026-W54")),
    "note" to RecordDraft.NoChange(NoChangeDraft(note = "长".repeat(201))),
    "text" to RecordDraft.ProblemRaised(ProblemDraft("", Group.PLANNING)),
    "text" to RecordDraft.Inquiry(InquiryDraft("", Channel.WINDOW)),
    "text" to RecordDraft.InquiryAnswered(InquiryAnsweredDraft("0".repeat(32), "", Channel.WINDOW)),
)
