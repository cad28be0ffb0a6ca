//! A body that must keep its pace.

use super::pace::{BodyPace, Watch};
use axum::BoxError;
use axum::body::Body;
use axum::http::{HeaderMap, header};
use daiban_core::limits::SYNC_BODY_BYTES_MAX;
use hyper::body::{Body as HttpBody, Bytes, Frame, SizeHint};
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::timeout;

/// A body on its way in. Told when its last byte is here, or when nobody wants it any more.
pub struct Paced {
    inner: Body,
    watch: Watch,
    end: Option<oneshot::Sender<()>>,
    /// How long a body that nobody read may run out.
    linger: Option<Duration>,
}

impl Paced {
    /// The body of a request with these headers under a pace, and what ends with its last byte. If nobody reads it to its end, it runs
    /// out by itself for at most `linger`: a phone that is still sending when it is refused could not read the answer otherwise.
    pub fn new(inner: Body, headers: &HeaderMap, pace: BodyPace, linger: Duration) -> (Paced, impl Future<Output = ()> + use<>) {
        let (tell, told) = oneshot::channel();
        let end = (!inner.is_end_stream()).then_some(tell);
        // Who asks first sends nothing before he has his answer.
        let linger = (!headers.contains_key(header::EXPECT)).then_some(linger);
        (Paced { inner, watch: Watch::new(pace), end, linger }, async {
            let _ = told.await;
        })
    }

    async fn run_out(mut self) {
        let mut left = SYNC_BODY_BYTES_MAX;
        while let Some(Ok(frame)) = poll_fn(|cx| Pin::new(&mut self).poll_frame(cx)).await {
            left = left.saturating_sub(frame.data_ref().map_or(0, Bytes::len));
            if left == 0 {
                break;
            }
        }
    }
}

impl HttpBody for Paced {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let came = match Pin::new(&mut self.inner).poll_frame(cx) {
            Poll::Pending => match self.watch.waiting(cx) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(slow) => {
                    (self.end, self.linger) = (None, None);
                    return Poll::Ready(Some(Err(slow.into())));
                }
            },
            Poll::Ready(came) => came,
        };
        if let Some(Ok(frame)) = &came {
            self.watch.moved(frame.data_ref().map_or(0, Bytes::len));
        }
        if !matches!(came, Some(Ok(_))) || self.inner.is_end_stream() {
            self.end = None;
        }
        Poll::Ready(came.map(|frame| frame.map_err(Into::into)))
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

impl Drop for Paced {
    fn drop(&mut self) {
        let (Some(_), Some(linger)) = (self.end.take(), self.linger.take()) else { return };
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        let inner = std::mem::replace(&mut self.inner, Body::empty());
        let watch = std::mem::replace(&mut self.watch, Watch::new(BodyPace { silence: linger, window: linger, least: 0 }));
        let rest = Paced { inner, watch, end: None, linger: None };
        runtime.spawn(timeout(linger, rest.run_out()));
    }
}
