package cn.daiban.stories

import cn.daiban.core.DutyState
import cn.daiban.core.DutyView
import cn.daiban.core.EngineException
import cn.daiban.core.RecordPlace
import cn.daiban.core.VerdictCode
import cn.daiban.harness.Phone
import cn.daiban.kit.code
import cn.daiban.kit.formValues
import cn.daiban.kit.zh
import java.time.LocalDate
import java.time.ZoneId
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DisplayName
import org.junit.jupiter.api.Test

class CasesTest : TownTest() {
    @Test
    @DisplayName("01 two_phones_one_case 两部手机一个项目")
    fun twoPhonesOneCase() {
        val (a, b) = town.phone() to town.settled()
        val shown = a.enrol(town.server.url, town.office.invite(town.office.agent()))
        assertTrue(Regex("\\d{6}").matches(shown.confirmation), shown.confirmation)
        assertEquals("张伟" to "代办员", shown.name to shown.roleZh)
        val pending = a.failedSync<EngineException.Refused>()
        assertEquals("device_unconfirmed", pending.code)
        assertTrue(pending.zh.contains("确认"), pending.zh)
        town.office.confirm(shown.confirmation)

        val case = town.sharedCase(a, b)
        val saved = a.log(case)
        assertFalse(saved.already)
        assertEquals(VerdictCode.EFFECTIVE, saved.forecast.code)
        assertEquals(emptyList<Any>(), saved.notices)
        assertEquals(1, a.engine.overview().unsent)
        assertEquals("本机（待上传）", a.own(saved.recordId).placeZh)

        val report = a.sync()
        assertEquals(1 to 0L, report.sent.toInt() to report.left)
        val judged = assertInstanceOf(RecordPlace.Judged::class.java, a.own(saved.recordId).place)
        assertEquals(VerdictCode.EFFECTIVE, judged.verdict.code)
        assertTrue(b.sync().received >= 1)
        val there = b.record(case, saved.recordId)!!
        assertEquals(judged.number, there.number)
        assertEquals(a.person, there.by)
        assertFalse(there.mine)
        assertEquals("已生效", there.verdict.zh)
        assertEquals("工作日志", there.kind.zh)
        assertEquals("规划许可窗口要求补正总平面图", there.fields.single { it.name == "text" }.textZh)

        a.sync()
        for (phone in listOf(a, b)) {
            val idle = phone.sync()
            assertEquals(1, idle.rounds)
            assertTrue(idle.bytesUp in 1..1024 && idle.bytesDown in 1..1024, "$idle")
        }
    }

    @Test
    @DisplayName("02 offline_work_survives_a_restart 离线记录重启后仍在")
    fun offlineWorkSurvivesARestart() {
        val (a, b) = town.settled() to town.settled()
        val case = town.sharedCase(a, b)
        val kept = listOf("其一", "其二", "其三").map { a.log(case, it).recordId }
        a.reopen()
        assertEquals(3, a.engine.overview().unsent)
        assertEquals(kept.toSet(), a.engine.myRecords(case).filter { it.place is RecordPlace.Local }.map { it.recordId }.toSet())
        assertEquals(3, a.sync().sent)
        assertEquals(0, a.engine.overview().unsent)
        a.reopen()
        assertEquals(0, a.sync().sent)
        b.sync()
        val texts = b.case(case).records.filter { it.recordId in kept }.map { it.fields.single { f -> f.name == "text" }.textZh }
        assertEquals(listOf("其一", "其二", "其三"), texts)
    }

    @Test
    @DisplayName("03 contested_letters 两份委托书日期不一")
    fun contestedLetters() {
        val office = town.office
        val chief = office.chief()
        val (phone, tablet, agent) = Triple(town.settled(chief), town.settled(chief), town.settled())
        val case = town.sharedCase(agent, phone)
        listOf("planning", "construction", "dispatch").forEach { office.seat(case, office.specialist(it)) }
        tablet.sync()
        val today = LocalDate.now(ZoneId.of("Asia/Shanghai"))
        val (first, second) = today.minusDays(5) to today
        val earlier = phone.letter(case, first)
        val later = tablet.letter(case, second)
        listOf(phone, tablet, agent).forEach { it.sync() }

        val contested = agent.case(case).contested.single()
        assertEquals("letter", contested.about.code)
        assertTrue(contested.zh.contains("委托书"), contested.zh)
        assertEquals(setOf(earlier, later), contested.records.toSet())
        assertEquals(earlier, contested.counts)
        val due = office.workday(first, 15)
        assertTrue(due < office.workday(second, 15))
        assertEquals(listOf(due, due, due), agent.flowTableDuties(case).map { it.dueOn })

        phone.sync()
        val settled = phone.letter(case, second, amends = earlier)
        listOf(phone, agent).forEach { it.sync() }
        assertEquals(emptyList<Any>(), agent.case(case).contested)
        assertEquals(settled, agent.record(case, earlier)!!.amendedBy)
        val running = agent.flowTableDuties(case).filter { it.state != DutyState.STOPPED }
        assertEquals(List(3) { office.workday(second, 15) }, running.map { it.dueOn })
    }
}

private fun Phone.letter(case: String, signed: LocalDate, amends: String? = null): String {
    // 项目名称 and 建设单位 are the case's.
    val letter = formValues("scope" to listOf("施工许可"), "chief_signed_on" to signed, "enterprise_signed_on" to signed)
    return engine.record(case, "authorization_letter_signed", letter, amends = amends).recordId
}

private fun Phone.flowTableDuties(case: String): List<DutyView> = engine.duties(case, false).filter { it.rule == "D2" }
