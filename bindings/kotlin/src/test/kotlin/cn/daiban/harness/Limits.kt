package cn.daiban.harness

import java.time.Instant
import java.time.temporal.ChronoUnit
import java.util.concurrent.BlockingQueue
import java.util.concurrent.CompletableFuture
import java.util.concurrent.TimeUnit.MILLISECONDS
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout

/** The longest that anything in these tests may take on a busy machine. A bound against hanging, never a measure. */
val LIMIT: Duration = 30.seconds

/** Runs a coroutine to its end, within the limit. */
fun <T> within(limit: Duration = LIMIT, work: suspend CoroutineScope.() -> T): T = runBlocking { withTimeout(limit) { work() } }

/** Runs something that blocks on a thread of its own and waits for it, within the limit. */
fun <T> byItself(work: () -> T): T = CompletableFuture.supplyAsync(work).get(LIMIT.inWholeMilliseconds, MILLISECONDS)

/** What a queue gives next, within the limit. */
fun <T : Any> BlockingQueue<T>.next(): T = poll(LIMIT.inWholeMilliseconds, MILLISECONDS) ?: error("nothing came within $LIMIT")

/** Waits until the clock shows another second: rules compare whole seconds. */
fun nextSecond() {
    val now = Instant.now()
    Thread.sleep(now.until(now.plusSeconds(1).truncatedTo(ChronoUnit.SECONDS), ChronoUnit.MILLIS) + 1)
}

/** Waits for a process to end by itself. */
fun Process.ended(): Int {
    if (!waitFor(LIMIT.inWholeMilliseconds, MILLISECONDS)) {
        destroyForcibly()
        error("${info().commandLine().orElse("a process")} did not end within $LIMIT")
    }
    return exitValue()
}
