// The drawing library stands in the page packed, and is unpacked when the first chart comes into view.

let loading = null;

function library() {
  loading ??= unpack();
  return loading;
}

async function unpack() {
  const packed = await fetch(`data:application/gzip;base64,${document.getElementById("chart-library").textContent.trim()}`);
  const script = document.createElement("script");
  script.textContent = await new Response(packed.body.pipeThrough(new DecompressionStream("gzip"))).text();
  document.head.append(script);
  window.Bokeh.set_log_level("error");
  return window.Bokeh;
}
