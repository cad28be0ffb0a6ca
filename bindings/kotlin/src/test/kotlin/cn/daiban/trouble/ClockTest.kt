package cn.daiban.trouble

import cn.daiban.core.Notice
import cn.daiban.core.RecordPlace
import cn.daiban.harness.MovedClock
import cn.daiban.stories.TownTest
import java.time.Duration
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DisplayName
import org.junit.jupiter.api.Test

class ClockTest : TownTest() {
    @Test
    @DisplayName("clock_years_off 时钟差了几十年")
    fun clockYearsOff() {
        for ((moment, known) in listOf("1999-01-01T00:00:00Z" to true, "2091-06-01T00:00:00Z" to false)) {
            val clock = MovedClock()
            val (a, b) = town.settle(town.phone(clock = clock)) to town.settled()
            val case = town.sharedCase(a, b)
            clock.set(moment)
            val saved = a.log(case, "时钟错了")
            // A clock that runs ahead is known to do so after the next word of the server.
            assertEquals(if (known) 1 else 0, saved.notices.clockOff().size)
            assertEquals(1, a.engine.overview().unsent)

            val report = a.sync()
            assertEquals(1, report.sent)
            listOf(report.notices, a.engine.overview().notices, a.log(case, "仍旧错着").notices).forEach { notices ->
                val notice = notices.clockOff().single()
                assertTrue(notice.zh.contains("自动设置"), notice.zh)
            }
            val place = assertInstanceOf(RecordPlace.Judged::class.java, a.own(saved.recordId).place)
            assertTrue(place.verdict.clockDoubtful)
            b.sync()
            assertTrue(b.record(case, saved.recordId)!!.verdict.clockDoubtful)

            clock.off = Duration.ZERO
            assertEquals(1, a.sync().sent)
            assertEquals(emptyList<Any>(), a.engine.overview().notices.clockOff())
            b.sync()
            val texts = b.case(case).records.filter { it.kind.code == "work_log" }.map { it.fields[0].textZh }
            assertEquals(listOf("时钟错了", "仍旧错着"), texts)
        }
    }
}

private fun List<Notice>.clockOff() = filter { it.code == "clock_off" }
