package cn.daiban.kit

import cn.daiban.core.Clock
import cn.daiban.core.Engine
import cn.daiban.core.EngineInterface
import cn.daiban.core.EngineSettings
import cn.daiban.core.KeyStore
import cn.daiban.core.LogSink
import cn.daiban.core.SyncReport
import cn.daiban.core.Transport
import java.io.File
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext

/**
 * Opens the engine off the screen's thread. Keep one per process.
 *
 * ```kotlin
 * val engine = openEngine(File(context.noBackupFilesDir, "daiban"), AndroidKeyStore(context))
 * ```
 *
 * @throws cn.daiban.core.EngineException `Keys`, `Storage` or `UpdateApp`; what was recorded is untouched by any of them
 */
public suspend fun openEngine(
    folder: File,
    keyStore: KeyStore,
    transport: Transport = UrlTransport(),
    clock: Clock = SystemClock(),
    log: LogSink? = null,
): Engine = withContext(Dispatchers.IO) {
    Engine.open(EngineSettings(folder.absolutePath), keyStore, transport, clock, log)
}

/**
 * Works with the engine off the screen's thread: a save waits for the disk. A coroutine that is cancelled meanwhile does not undo
 * the save; a record id drawn beforehand tells afterwards.
 *
 * ```kotlin
 * val saved = engine.io { record(caseId, kind, values, recordId = form.recordId) }
 * ```
 */
public suspend fun <T> EngineInterface.io(work: EngineInterface.() -> T): T = withContext(Dispatchers.IO) { work() }

/**
 * Syncs until nothing is left or [deadline] has passed. Cancelling the coroutine ends this sync, its request and its connection
 * at once; others that wait for their turn go on. What was taken in until then is durable, and the next sync goes on from there.
 *
 * ```kotlin
 * class SyncWorker(context: Context, parameters: WorkerParameters) : CoroutineWorker(context, parameters) {
 *     override suspend fun doWork(): Result = try {
 *         val report = engine.syncNow(deadline = 8.minutes)
 *         if (report.end == SyncEnd.DONE) Result.success() else Result.retry()
 *     } catch (e: EngineException) {
 *         if (e.retryIn != null) Result.retry() else Result.failure()
 *     }
 * }
 * ```
 */
public suspend fun EngineInterface.syncNow(deadline: Duration = 60.seconds): SyncReport = syncNow(deadline.inWholeMilliseconds)
