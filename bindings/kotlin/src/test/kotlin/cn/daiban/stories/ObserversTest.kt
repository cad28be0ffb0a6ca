package cn.daiban.stories

import cn.daiban.core.EngineEvent
import cn.daiban.core.EventKind
import cn.daiban.core.Observer
import cn.daiban.harness.byItself
import cn.daiban.harness.next
import cn.daiban.kit.observe
import java.util.concurrent.CountDownLatch
import java.util.concurrent.LinkedBlockingQueue
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DisplayName
import org.junit.jupiter.api.Test

class ObserversTest : TownTest() {
    @Test
    @DisplayName("08 observers 观察者")
    fun observers() {
        val (a, b) = town.settled() to town.settled()
        val case = town.sharedCase(a, b)
        val ears = Ears()
        val subscription = a.engine.observe(ears)
        val first = ears.heard.next()
        assertEquals(EventKind.OVERVIEW to null, first.kind to first.caseId)

        a.log(case)
        val told = ears.until { it.kind == EventKind.CASE }
        assertEquals(case, told.caseId)
        assertTrue(told.revision > first.revision)
        assertTrue(a.case(case).revision >= told.revision)
        ears.until { it.kind == EventKind.OVERVIEW }

        b.log(case)
        b.sync()
        a.sync()
        ears.until { it.kind == EventKind.SYNC }
        assertEquals(case, ears.until { it.kind == EventKind.CASE }.caseId)

        subscription.cancel()
        val others = Ears()
        a.engine.observe(others).use {
            others.heard.next()
            ears.heard.clear()
            a.log(case)
            others.until { it.kind == EventKind.CASE }
            assertEquals(0, ears.heard.size, "nothing is heard after cancel()")
        }
        subscription.close()
    }

    @Test
    @DisplayName("08 observers 慢的、出错的、调用引擎的观察者")
    fun troublesomeObservers() {
        val a = town.settled()
        val case = a.openCase()
        val (blocked, free) = CountDownLatch(1) to CountDownLatch(1)
        val slow = a.engine.observe(object : Observer {
            override fun onEvent(event: EngineEvent) {
                blocked.countDown()
                free.await()
            }
        })
        blocked.await()
        val records = List(20) { n -> byItself { a.log(case, "第$n 条").recordId } }
        assertEquals(records.toSet(), a.case(case).records.map { it.recordId }.toSet() - a.case(case).records[0].recordId)
        free.countDown()
        slow.cancel()

        val throwing = a.engine.observe(object : Observer {
            override fun onEvent(event: EngineEvent): Unit = throw IllegalStateException("a bug in the app")
        })
        val seen = LinkedBlockingQueue<Long>()
        val reading = a.engine.observe { seen.add(a.engine.overview().unsent) }
        assertEquals(21, seen.next())
        byItself { a.log(case) }
        while (seen.next() != 22L) Unit
        listOf(throwing, reading, slow).forEach { it.close() }
        assertEquals(22, a.sync().sent)
    }
}

/** Keeps what it hears. */
private class Ears : Observer {
    val heard = LinkedBlockingQueue<EngineEvent>()

    override fun onEvent(event: EngineEvent) {
        heard.add(event)
    }

    /** The next event of a sort; earlier ones are let go. */
    fun until(wanted: (EngineEvent) -> Boolean): EngineEvent = generateSequence { heard.next() }.first(wanted)
}
