//! One connection, from the first byte that is waited for to the last one of an answer.
//!
//! HTTP/1.1 alone, on purpose. Before a protocol is detected nothing can be timed, and HTTP/2's streams would hide from every cap
//! here that counts connections, while a phone asks one thing at a time. Where HTTP/2 is wanted, the proxy that does TLS speaks it.

use crate::body::pace::Watch;
use crate::body::{BodyPace, TooSlow};
use crate::door::{ConnectionPlace, ConnectionSeat, named};
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use hyper::body::{Body as HttpBody, Bytes, Frame, Incoming, SizeHint};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::io;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tower::ServiceExt;

/// A request's headers, and what is read of a body at once.
const BUFFER_BYTES: usize = 32 * 1024;

/// What connections have in common.
#[derive(Clone)]
pub(super) struct Manners {
    /// Everything there is to ask.
    pub router: Router,
    /// From the first moment of waiting until a request's headers are complete, whatever comes meanwhile or does not.
    pub headers_within: Duration,
    /// How slowly answers may be taken.
    pub answers: BodyPace,
}

/// Serves a connection until either side ends it, its place goes to another one, or the server stops and it has nothing to do.
pub(super) async fn connection(stream: TcpStream, seat: ConnectionSeat, manners: Manners, mut stopping: watch::Receiver<bool>) {
    // Answers are written whole; nothing is gained by holding back their last bytes.
    let _ = stream.set_nodelay(true);
    let io = TokioIo::new(Answered { stream, watch: Watch::new(manners.answers) });
    let (router, place) = (manners.router, seat.place().clone());
    let service = service_fn(move |request| asked(router.clone(), place.clone(), request));
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(manners.headers_within).max_buf_size(BUFFER_BYTES);
    let mut serving = pin!(builder.serve_connection(io, service));
    let mut told = false;
    loop {
        tokio::select! {
            // Whatever went wrong on the line: there is nobody left to tell.
            _ = serving.as_mut() => return,
            () = seat.taken_away() => return,
            () = stop(&mut stopping), if !told => {
                told = true;
                serving.as_mut().graceful_shutdown();
            }
        }
    }
}

/// Waits until the server is told to stop.
pub(super) async fn stop(stopping: &mut watch::Receiver<bool>) {
    // The sender lives as long as the server: without it, it is the end as well.
    let _ = stopping.wait_for(|stop| *stop).await;
}

async fn asked(router: Router, place: ConnectionPlace, request: hyper::Request<Incoming>) -> Result<Response, Infallible> {
    let mut request: Request = request.map(Body::new);
    let answer = match place.asks(named(request.headers(), place.trusted_proxies())) {
        Err(crowded) => crowded.into_response(),
        Ok(()) => {
            request.extensions_mut().insert(place.clone());
            router.oneshot(request).await?
        }
    };
    Ok(answer.map(|body| Body::new(Answering { body, place })))
}

/// An answer's body; with it ends the request.
struct Answering {
    body: Body,
    place: ConnectionPlace,
}

impl HttpBody for Answering {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        self.place.answered();
    }
}

/// A stream whose other side must take what it asked for.
struct Answered {
    stream: TcpStream,
    watch: Watch,
}

impl Answered {
    fn in_time(&mut self, done: Poll<io::Result<usize>>, cx: &mut Context<'_>) -> Poll<io::Result<usize>> {
        match done {
            Poll::Ready(Ok(bytes)) => {
                self.watch.moved(bytes);
                Poll::Ready(Ok(bytes))
            }
            Poll::Ready(error) => Poll::Ready(error),
            Poll::Pending => self.watch.waiting(cx).map(|TooSlow| Err(io::ErrorKind::TimedOut.into())),
        }
    }
}

impl AsyncRead for Answered {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for Answered {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let done = Pin::new(&mut self.stream).poll_write(cx, buf);
        self.in_time(done, cx)
    }

    fn poll_write_vectored(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bufs: &[io::IoSlice<'_>]) -> Poll<io::Result<usize>> {
        let done = Pin::new(&mut self.stream).poll_write_vectored(cx, bufs);
        self.in_time(done, cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
