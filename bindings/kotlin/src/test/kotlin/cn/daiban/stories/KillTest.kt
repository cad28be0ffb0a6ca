package cn.daiban.stories

import cn.daiban.core.EngineException
import cn.daiban.harness.RecordingLoop
import cn.daiban.harness.ended
import cn.daiban.kit.code
import cn.daiban.kit.zh
import kotlin.random.Random
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DisplayName
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows

private const val ROUNDS = 5

class KillTest : TownTest() {
    @Test
    @DisplayName("06 kill_in_the_middle_of_a_save 保存途中被强行结束")
    fun killInTheMiddleOfASave() {
        val seed = Random.nextInt()
        println("seed $seed")
        val random = Random(seed)
        val home = town.home()
        val (phone, witness) = town.settle(town.phone(home)) to town.settled()
        val case = town.sharedCase(phone, witness)
        val begun = mutableSetOf<String>()
        repeat(ROUNDS) {
            phone.close()
            val said = killed(RecordingLoop.start(home, case), after = random.nextInt(1, 120), random.nextLong(0, 4_000_000))
            phone.reopen()
            val acknowledged = said.filter { it.startsWith("saved ") }.map { it.removePrefix("saved ") }
            val there = phone.engine.myRecords(case).map { it.recordId }
            assertEquals(there.size, there.toSet().size, "seed $seed")
            assertTrue(acknowledged.isNotEmpty() && there.containsAll(acknowledged), "seed $seed, ${acknowledged - there.toSet()}")
            begun += said.map { it.substringAfter(' ') }

            val last = said.last { it.startsWith("saving ") }.removePrefix("saving ")
            val again = phone.log(case, "记录 $last", recordId = last)
            assertEquals(last in there, again.already, "seed $seed")
            assertEquals(last, again.recordId)
            assertTrue(phone.log(case, "记录 $last", recordId = last).already)
            assertEquals(1, phone.engine.myRecords(case).count { it.recordId == last })
            val other = assertThrows<EngineException.Invalid> { phone.log(case, "别的内容", recordId = last) }
            assertEquals("already_recorded", other.code)
            assertTrue(other.zh.contains("已保存过"), other.zh)
        }
        assertEquals(begun.size.toLong(), phone.sync().sent)
        witness.sync()
        val texts = witness.case(case).records.filter { it.recordId in begun }.associate { it.recordId to it.fields[0].textZh }
        assertEquals(begun.associateWith { "记录 $it" }, texts)
        println("$ROUNDS kills, ${begun.size} records, none lost")
    }

    /** Kills the process a moment after it acknowledged so many saves; what it said until then. */
    private fun killed(process: Process, after: Int, nanos: Long): List<String> {
        val said = mutableListOf<String>()
        process.inputStream.bufferedReader().use { lines ->
            while (said.count { it.startsWith("saved ") } < after) said += lines.readLine() ?: error("it ended by itself after $said")
            val until = System.nanoTime() + nanos
            while (System.nanoTime() < until) Thread.onSpinWait()
            // The handle's, because the process's own would close its output before it is read.
            process.toHandle().destroyForcibly()
            said += lines.readLines().filter { Regex("(saving|saved) [0-9a-f]{32}").matches(it) }
        }
        process.ended()
        return said
    }
}
