package cn.daiban.stories

import cn.daiban.core.EngineException
import cn.daiban.core.ImportReport
import cn.daiban.core.RecordPlace
import cn.daiban.core.VerdictCode
import cn.daiban.harness.Town
import cn.daiban.harness.nextSecond
import cn.daiban.kit.code
import cn.daiban.kit.zh
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DisplayName
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows

/** People and phones that leave, and work carried by hand. */
class LeavingTest : TownTest() {
    @Test
    @DisplayName("04 withdrawn_agent_keeps_work 退出项目的代办员不丢记录")
    fun withdrawnAgentKeepsWork() {
        val (a, b) = town.settled() to town.settled()
        val case = town.sharedCase(a, b)
        val record = b.log(case, "退出前的踏勘记录").recordId
        nextSecond()
        town.office.unseat(case, b.person)

        val report = b.sync()
        assertEquals(1 to 0L, report.sent.toInt() to report.left)
        assertEquals(setOf("judged", "case_withdrawn"), report.notices.map { it.code }.toSet())
        assertEquals(setOf(case), report.notices.map { it.caseId }.toSet())
        assertTrue(report.notices.single { it.code == "case_withdrawn" }.zh.contains("已不由您代办"), "${report.notices}")
        assertEquals(emptyList<Any>(), b.engine.overview().cases)
        val place = assertInstanceOf(RecordPlace.Judged::class.java, b.own(record).place)
        assertEquals(VerdictCode.LATE to "membership_ended", place.verdict.code to place.verdict.reason)
        assertTrue(b.own(record).placeZh.startsWith("待认定"), b.own(record).placeZh)
        assertEquals("not_found", assertThrows<EngineException.NotFound> { b.log(case) }.code)

        a.sync()
        assertEquals(VerdictCode.LATE, a.record(case, record)!!.verdict.code)
        town.office.accept(case, record)
        a.sync()
        assertEquals("已生效", a.record(case, record)!!.verdict.zh)
    }

    @Test
    @DisplayName("05 revoked_phone 被停用的手机")
    fun revokedPhone() {
        val (a, b) = town.settled() to town.settled()
        val case = town.sharedCase(a, b)
        val record = b.log(case, "停用前的踏勘记录").recordId
        town.office.revoke(b.engine.overview().identity!!.device)

        val refused = b.failedSync<EngineException.Refused>()
        assertEquals("device_revoked", refused.code)
        assertTrue(refused.zh.contains("导出记录包"), refused.zh)
        assertInstanceOf(RecordPlace.Local::class.java, b.own(record).place)
        val file = b.engine.bundleExport()

        assertEquals(ImportReport(records = 1, cases = 1, skipped = 0), a.engine.bundleImport(file))
        assertEquals(1, a.engine.overview().carried)
        val carried = a.engine.carried().single()
        assertEquals(listOf(case, b.person, "work_log", null), listOf(carried.caseId, carried.by, carried.kind.code, carried.refused))
        a.sync()
        assertEquals("device_revoked", a.engine.carried().single().refused)
        assertEquals(0, a.engine.overview().carried)
        assertTrue(town.office.quarantine().contains("device_revoked"), "the office finds it in quarantine")
        assertNull(a.record(case, record))
        b.reopen()
        assertInstanceOf(RecordPlace.Local::class.java, b.own(record).place)
    }

    @Test
    @DisplayName("12 bundles 记录包")
    fun bundles() {
        val (a, b) = town.settled() to town.settled()
        val case = town.sharedCase(a, b)
        assertEquals("bundle_empty", assertThrows<EngineException.Invalid> { a.engine.bundleExport() }.code)
        val record = b.log(case, "由同事转交").recordId
        val file = b.engine.bundleExport()

        for ((code, bad) in listOf(
            "bundle_not" to "不是记录包".toByteArray(),
            "bundle_damaged" to file.copyOf().also { it[it.size / 2] = (it[it.size / 2] + 1).toByte() },
            "bundle_damaged" to file.copyOf(file.size - 7),
        )) {
            val refused = assertThrows<EngineException.Invalid>(code) { a.engine.bundleImport(bad) }
            assertEquals(code, refused.code)
            assertTrue(refused.zh.contains("记录包"), refused.zh)
        }
        assertEquals(0, a.engine.overview().carried)
        assertEquals(ImportReport(records = 0, cases = 0, skipped = 1), b.engine.bundleImport(file))
        fileOfStrangers()

        assertEquals(1, a.engine.bundleImport(file).records)
        assertEquals(ImportReport(records = 0, cases = 0, skipped = 1), a.engine.bundleImport(file))
        assertNull(a.record(case, record), "not in the case before it is admitted")
        val delivered = a.sync().notices.single { it.code == "carried_delivered" }
        assertEquals(case, delivered.caseId)
        assertEquals(b.person, a.record(case, record)!!.by)
        b.sync()
        assertInstanceOf(RecordPlace.Judged::class.java, b.own(record).place)
        assertEquals(1, b.case(case).records.count { it.recordId == record })
    }

    /** Somebody else's server, people and case. */
    private fun fileOfStrangers() = Town().use { elsewhere ->
        val stranger = elsewhere.settled()
        val here = town.settled()
        val own = here.openCase()
        stranger.log(elsewhere.sharedCase(stranger), "别处的记录")
        assertEquals(1, here.engine.bundleImport(stranger.engine.bundleExport()).records)
        here.sync()
        assertEquals("device_unknown", here.engine.carried().single().refused)
        assertEquals(1, here.case(own).records.size)
    }
}
