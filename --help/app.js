var Xi = Object.defineProperty;
var qi = (e, n) => {
  for (var t in n) Xi(e, t, { get: n[t], enumerable: !0 });
};
var R,
  $r,
  zt,
  Le,
  Ut,
  Qn,
  Vr,
  Yn,
  Fr,
  Gt,
  Ht,
  Ki,
  Tn = Symbol.for("pv"),
  et = {},
  nt = [],
  ji = /^m(i|n|o|s|text|space)$/,
  Xt = Array.isArray,
  qt = nt.slice,
  Ze = Object.assign;
function je(e) {
  e && e.parentNode && e.remove();
}
function Wr(e, n, t) {
  var o,
    a,
    i,
    s = {},
    l = arguments.length;
  for (i in n) i == "key" ? (o = n[i]) : i == "ref" && typeof e != "function" ? (a = n[i]) : (s[i] = n[i]);
  return (l > 2 && (s.children = l > 3 ? qt.call(arguments, 2) : t), Sn(e, s, o, a, null));
}
function Sn(e, n, t, o, a) {
  var i = {
    type: e,
    props: n,
    key: t,
    ref: o,
    __k: null,
    __: null,
    __b: 0,
    __e: null,
    __c: null,
    constructor: Tn,
    __v: a || ++$r,
    __i: -1,
    __u: 0,
  };
  return (!a && R.vnode && R.vnode(i), i);
}
function _(e) {
  return e.children;
}
function dn(e, n) {
  ((this.props = e), (this.context = n), (this.__g = 0));
}
function De(e, n) {
  if (n == null) return e.__ && De(e.__, e.__i + 1);
  for (var t; n < e.__k.length; n++) if ((t = e.__k[n]) && t.__e) return t.__e;
  return typeof e.type != "function" || e.props.__P ? null : De(e);
}
function Zi(e) {
  var n,
    t = e.__v,
    o = t.__e,
    a = [],
    i = [],
    s = e.__P;
  s &&
    (((n = Ze({ constructor: Tn }, t)).__v = t.__v + 1),
    R.vnode && R.vnode(n),
    Kt(s, n, t, e.__n, s.namespaceURI, 32 & t.__u ? [o] : null, a, o || De(t), 32 & t.__u, i),
    (n.__v = t.__v),
    (n.__.__k[n.__i] = n),
    Xr(a, n, i),
    (t.__ = t.__e = null),
    n.__e != o && Br(n));
}
function Br(e) {
  if ((e = e.__) && e.__c && !e.props.__P)
    return (
      (e.__e = null),
      e.__k.some(function (n) {
        return n && (e.__e = n.__e);
      }),
      Br(e)
    );
}
function Lr(e) {
  ((8 & e.__g || ((e.__g |= 8), Le.push(e), Qn++)) && Ut == R.debounceRendering) ||
    ((Ut = R.debounceRendering) || queueMicrotask)(Ur);
}
function Ur() {
  try {
    for (var e, n = 1; Le.length;)
      (Le.length > n && Le.sort(Vr), (e = Le.shift()), (n = Le.length), 8 & e.__g && Zi(e));
  } finally {
    (Qn = Le.length) && (Ut || queueMicrotask)(Ur);
  }
}
function Hr(e, n, t, o, a, i, s, l, f, m, c) {
  var b,
    S,
    u,
    v,
    z,
    P,
    B = o.__k || nt,
    N = n.length;
  for (f = Yi(t, n, B, f, N), b = 0; b < N; b++)
    (u = t.__k[b]) != null &&
      ((S = (~u.__i && B[u.__i]) || et),
      (u.__i = b),
      (P = Kt(e, u, S, a, i, s, l, f, m, c)),
      (v = u.__e),
      (S.ref != u.ref || 8 & S.__u) &&
        (S.ref && jt(S.ref, null, u, S), u.ref && c.push(u.ref, u.__c || v, u)),
      (z = z || v),
      4 & u.__u
        ? ((f = zr(u, f, e, !S.__v)), S.__e && (S.__e = null))
        : typeof u.type == "function" && P !== void 0
          ? (f = P)
          : v && (f = v.nextSibling),
      (u.__u &= -21));
  return ((t.__e = z), f);
}
function Yi(e, n, t, o, a) {
  var i,
    s,
    l,
    f,
    m,
    c,
    b,
    S,
    u,
    v = t.length,
    z = v,
    P = 0,
    B = 0,
    N = (e.__k = Array(a));
  for (i = 0; i < a; i++)
    (s = n[i]) != null && typeof s != "boolean" && typeof s != "function"
      ? (typeof s != "object" || s.constructor === String
          ? (s = N[i] = Sn(null, s))
          : Xt(s)
            ? (s = N[i] = Sn(_, { children: s }))
            : s.constructor === Tn && s.__b
              ? (s = N[i] = Sn(s.type, s.props, s.key, s.ref, s.__v))
              : (N[i] = s),
        (f = i + P),
        (s.__ = e),
        (s.__b = e.__b + 1),
        (l = null),
        ~(m = s.__i = Ji(s, t, f, z)) && (z--, (l = t[m]) && (l.__u |= 2)),
        l && l.__v
          ? ((s.__u |= 16), m == f - 1 ? P-- : m == f + 1 ? P++ : m != f && (m > f ? P-- : P++, (B = 1)))
          : (~m || (a > v ? P-- : a < v && P++), typeof s.type != "function" && (s.__u |= 4)))
      : (N[i] = null);
  if (B) {
    for (c = [], b = [], i = 0; i < a; i++)
      if ((s = N[i]) && 16 & s.__u) {
        for (P = 0, S = c.length; P < S;) c[(u = (P + S) >> 1)] < s.__i ? (P = u + 1) : (S = u);
        ((c[P] = s.__i), (b[i] = P + 1));
      }
    for (P = c.length; i--;) b[i] && (b[i] == P ? P-- : (N[i].__u |= 4));
  }
  if (z) for (i = 0; i < v; i++) !(l = t[i]) || 2 & l.__u || (l.__e == o && (o = De(l)), Zt(l, l));
  return o;
}
function zr(e, n, t, o) {
  var a, i, s, l;
  if (typeof e.type == "function") {
    if (e.props.__P) return n;
    if ((a = e.__k)) for (i = 0; i < a.length; i++) a[i] && ((a[i].__ = e), (n = zr(a[i], n, t, !1)));
    return n;
  }
  for (
    n && !n.parentNode && (n = De(e)) && !n.parentNode && (n = null), s = e.__e, l = n;
    l && l.nodeType == 8;
  )
    l = l.nextSibling;
  for (
    s != l && (!o && t.moveBefore && s.parentNode ? t.moveBefore(s, n) : t.insertBefore(s, n || null)), n = s;
    (n = n && n.nextSibling) && n.nodeType == 8 && !n.data.startsWith("$s");
  );
  return n;
}
function Ji(e, n, t, o) {
  var a,
    i = e.key,
    s = e.type,
    l = n[t],
    f = l && !(2 & l.__u);
  if ((l === null && i == null) || (f && i == l.key && s == l.type)) return t;
  if (o > (f ? 1 : 0)) {
    for (a = t - 1; a >= 0; a--) if ((l = n[a]) && !(2 & l.__u) && i == l.key && s == l.type) return a;
    for (a = t + 1; a < n.length; a++) if ((l = n[a]) && !(2 & l.__u) && i == l.key && s == l.type) return a;
  }
  return -1;
}
function Dr(e, n, t) {
  (t == null && (t = ""), n[0] == "-" ? e.setProperty(n, t) : (e[n] = t));
}
function Zn(e, n, t, o, a) {
  var i, s;
  if (n == "style")
    if (typeof t == "string") e.style.cssText = t;
    else {
      if ((typeof o == "string" && (e.style.cssText = o = ""), o))
        for (n in o) (t && n in t) || Dr(e.style, n);
      if (t) for (n in t) (o && t[n] == o[n]) || Dr(e.style, n, t[n]);
    }
  else if (n[0] == "o" && n[1] == "n")
    (typeof t != "function" && (t = null),
      typeof o != "function" && (o = null),
      ((e.__e || (e.__e = {}))[n] = t),
      (t && o) ||
        ((s = Ht[n] || (Ht[n] = Qi(n))),
        ((e.__a || (e.__a = {}))[n] = Gt),
        (i = n != (n = n.replace(Fr, "$1"))),
        (n = n.slice(2))[0] < "a" && (n = n.toLowerCase()),
        t ? e.addEventListener(n, s, i) : e.removeEventListener(n, s, i)));
  else {
    if (a == "http://www.w3.org/2000/svg") n = n.replace(/xlink(H|:h)/, "h").replace(/sName$/, "s");
    else if (
      n != "width" &&
      n != "height" &&
      n != "href" &&
      n != "list" &&
      n != "form" &&
      n != "tabIndex" &&
      n != "download" &&
      n != "rowSpan" &&
      n != "colSpan" &&
      n != "role" &&
      n != "popover" &&
      n in e
    )
      try {
        return void (e[n] = t ?? "");
      } catch {}
    if (typeof t == "function") return;
    t == null || (t === !1 && n[4] != "-")
      ? e.removeAttribute(n)
      : e.setAttribute(n, n == "popover" && t == 1 ? "" : t);
  }
}
function Qi(e) {
  return function (n) {
    var t = this.__e;
    if (t) {
      if (((t = t[e]), n[Yn] == null)) n[Yn] = Gt++;
      else if (n[Yn] < this.__a[e]) return;
      return t(R.event ? R.event(n) : n);
    }
  };
}
function Kt(e, n, t, o, a, i, s, l, f, m) {
  var c,
    b,
    S,
    u,
    v,
    z,
    P,
    B,
    N,
    Z,
    H,
    Bt,
    Pr,
    jn,
    qe,
    Ar,
    Ae,
    Ke,
    Ce = n.type;
  if (n.constructor !== Tn) return null;
  (128 & t.__u &&
    ((f = 32 & t.__u), (c = t.__c.__z)) &&
    ((n.__u |= f), (b = i = []), c.nodeType == 8 ? (l = Jn(c, i)) : i.push(c), (l = i[0] || l)),
    (c = R.__b) && c(n));
  e: if (typeof Ce == "function") {
    S = s.length;
    try {
      if (
        ((B = n.props),
        (N = (c = Ce.prototype) && c.render),
        (Z = (c = Ce.contextType) && o[c.__c]),
        (H = c ? (Z ? Z.props.value : c.__) : o),
        (u = t.__c)
          ? ((n.__c = u), 2 & u.__g && (u.__g |= 1))
          : (N
              ? (n.__c = u = new Ce(B, H))
              : ((n.__c = u = new dn(B, H)), (u.constructor = Ce), (u.render = ns)),
            Z && Z.sub(u),
            u.state || (u.state = {}),
            (u.__n = o),
            (u.__g |= 8),
            (u.__h = []),
            (u.__k = [])),
        N &&
          (u.__s || (u.__s = u.state),
          Ce.getDerivedStateFromProps &&
            (u.__s == u.state && (u.__s = Ze({}, u.__s)), Ze(u.__s, Ce.getDerivedStateFromProps(B, u.__s)))),
        (v = u.props),
        (z = u.state),
        (u.__v = n),
        t.__c)
      ) {
        if (
          (B !== v &&
            N &&
            !Ce.getDerivedStateFromProps &&
            u.componentWillReceiveProps &&
            u.componentWillReceiveProps(B, H),
          (n.__v == t.__v && !(8 & u.__g)) ||
            (!(4 & u.__g) && u.shouldComponentUpdate && u.shouldComponentUpdate(B, u.__s, H) === !1))
        ) {
          (n.__v != t.__v && ((u.props = B), (u.state = u.__s), (u.__g &= -9)),
            (n.__e = t.__e),
            (n.__k = t.__k),
            n.__k.some(function (fe) {
              fe && (fe.__ = n);
            }),
            nt.push.apply(u.__h, u.__k),
            (u.__k = []),
            u.__h.length && s.push(u),
            (l = De(t)));
          break e;
        }
        (u.componentWillUpdate && u.componentWillUpdate(B, u.__s, H),
          N &&
            u.componentDidUpdate &&
            u.__h.push(function () {
              u.componentDidUpdate(v, z, P);
            }));
      } else
        (N && !Ce.getDerivedStateFromProps && u.componentWillMount && u.componentWillMount(),
          N && u.componentDidMount && u.__h.push(u.componentDidMount));
      ((u.context = H), (u.props = B), (u.__P = e), (u.__g &= -5), (Bt = R.__r), (Pr = N ? 25 : 0));
      do ((u.__g &= -9), Bt && Bt(n), (c = u.render(u.props, (u.state = u.__s), u.context)));
      while (8 & u.__g && ++Pr < 25);
      (N && (nt.push.apply(u.__h, u.__k), (u.__k = [])),
        (u.state = u.__s),
        u.getChildContext && (o = Ze({}, o, u.getChildContext())),
        N && t.__c && u.getSnapshotBeforeUpdate && (P = u.getSnapshotBeforeUpdate(v, z)),
        (jn = c && c.type === _ && c.key == null ? c.props.children : c),
        B.__P &&
          ((c = l),
          (a = (e = B.__P).namespaceURI),
          (f = i = null),
          t.props &&
            t.props.__P != e &&
            (t.__k.some(function (fe) {
              fe && Zt(fe, fe);
            }),
            (t.__k = null)),
          (l = t.__k ? De(t, 0) : null)),
        (l = Hr(e, Xt(jn) ? jn : [jn], n, t, o, a, i, s, l, f, m)),
        B.__P && ((n.__e = null), (l = c)),
        (n.__u &= -161),
        b && b.some(je),
        u.__h.length && s.push(u),
        1 & u.__g && (u.__g &= -4));
    } catch (fe) {
      if (((s.length = S), (n.__v = null), f || i))
        if (fe && fe.then) {
          if (((n.__u |= 128 | f), i)) {
            for (~(Ae = i.indexOf(l || void 0)) || (Ae = i.length); (Ke = i[Ae - 1]) && Ke.nodeType == 8;)
              Ae--;
            for (; Ae < i.length; Ae++)
              if ((Ke = i[Ae]))
                if (((i[Ae] = null), qe)) {
                  if (Ke == Ar) break;
                } else {
                  if (Ke.nodeType != 8) break;
                  Ke.data.startsWith("$s") && (Ar = Jn((qe = Ke)));
                }
          }
          if (!qe) {
            for (; l && l.nodeType == 8 && l.nextSibling;) l = l.nextSibling;
            qe = l;
          }
          ((c = Jn((qe = n.__c.__z || (n.__c.__z = qe)))) ? ((n.__e = qe), (l = c)) : (n.__e = l),
            (l = l && l.nextSibling));
        } else i && i.some(je);
      else n.__e = t.__e;
      (n.__k || (n.__k = t.__k || []), (fe && fe.then) || Gr(n), R.__e(fe, n, t));
    }
  } else l = n.__e = es(t.__e, n, t, o, a, i, s, f, m, e);
  return ((c = R.diffed) && c(n), l);
}
function Jn(e, n) {
  if (e && e.nodeType == 8 && e.data.startsWith("$s"))
    for (var t = 1; (e = e.nextSibling);) {
      if (e.nodeType == 8) {
        if (e.data.startsWith("$s")) t++;
        else if (e.data.startsWith("/$s") && !--t) return e;
      }
      n && n.push(e);
    }
}
function Gr(e) {
  e && (e.__c && (e.__c.__g |= 4), e.__k && e.__k.some(Gr));
}
function Xr(e, n, t) {
  for (var o = 0; o < t.length;) jt(t[o++], t[o++], t[o++]);
  (R.__c && R.__c(n, e),
    e.some(function (a) {
      try {
        ((e = a.__h),
          (a.__h = []),
          e.some(function (i) {
            i.call(a);
          }));
      } catch (i) {
        R.__e(i, a.__v);
      }
    }));
}
function es(e, n, t, o, a, i, s, l, f, m) {
  var c,
    b,
    S,
    u,
    v,
    z,
    P,
    B,
    N = t.props || et,
    Z = n.props,
    H = n.type;
  if (
    (H == "svg"
      ? (a = "http://www.w3.org/2000/svg")
      : H == "math"
        ? (a = "http://www.w3.org/1998/Math/MathML")
        : a || (a = "http://www.w3.org/1999/xhtml"),
    i)
  ) {
    for (c = 0; c < i.length; c++)
      if ((v = i[c]) && (H ? v.localName == H : v.nodeType == 3)) {
        ((e = v), (i[c] = null));
        break;
      }
  }
  if (!e) {
    if (((B = m.ownerDocument || document), !H)) return B.createTextNode(Z);
    ((e = B.createElementNS(a, H, Z.is ? Z : m)), l && (R.__m && R.__m(n, i), (l = !1)), (i = null));
  }
  if (H) {
    if (
      ((m = (H == "template" && e.content) || e),
      (i = H == "textarea" && Z.defaultValue != null ? null : i && qt.call(m.childNodes)),
      !l && i)
    )
      for (N = {}, c = 0; c < e.attributes.length; c++) N[(v = e.attributes[c]).name] = v.value;
    for (c in N)
      ((v = N[c]),
        c == "dangerouslySetInnerHTML"
          ? (S = v)
          : c == "children" ||
            c in Z ||
            (c == "value" && "defaultValue" in Z) ||
            (c == "checked" && "defaultChecked" in Z) ||
            Zn(e, c, null, v, a));
    for (c in Z)
      ((v = Z[c]),
        c == "children"
          ? (u = v)
          : c == "dangerouslySetInnerHTML"
            ? (b = v)
            : c == "value"
              ? (z = v)
              : c == "checked"
                ? (P = v)
                : (l && typeof v != "function") || N[c] === v || Zn(e, c, v, N[c], a));
    (b
      ? (l || (S && (b.__html == S.__html || b.__html == e.innerHTML)) || (e.innerHTML = b.__html),
        (n.__k = []))
      : (S && (e.textContent = ""),
        (H == "foreignObject" || (a == "http://www.w3.org/1998/Math/MathML" && ji.test(H))) &&
          (a = "http://www.w3.org/1999/xhtml"),
        Hr(m, Xt(u) ? u : [u], n, t, o, a, i, s, i ? i[0] : t.__k && De(t, 0), l, f),
        i && i.some(je)),
      (l && H != "textarea") ||
        ((c = "value"),
        H == "progress" && z == null
          ? e.removeAttribute(c)
          : z == null || (z === e[c] && (H != "progress" || z)) || Zn(e, c, z, N[c], a),
        (c = "checked"),
        P != null && P != e[c] && Zn(e, c, P, N[c], a)));
  } else N === Z || (l && e.data == Z) || (e.data = Z);
  return e;
}
function jt(e, n, t, o) {
  try {
    typeof e == "function"
      ? n
        ? (n.__x = e(n) || 1)
        : o && (o = o.__c || o.__e) && (n = o.__x) && ((o.__x = null), typeof n == "function" ? n() : e(null))
      : (e.current = n);
  } catch (a) {
    R.__e(a, t);
  }
}
function Zt(e, n, t) {
  var o, a, i, s;
  if (
    (R.unmount && R.unmount(e),
    !(o = e.ref) || (o.current && o.current != e.__e) || jt(o, null, n, e),
    (o = e.__c))
  ) {
    if (o.componentWillUnmount)
      try {
        o.componentWillUnmount();
      } catch (l) {
        R.__e(l, n);
      }
    o.__P = o.__n = null;
  }
  if ((o = e.__k))
    for (s = 0; s < o.length; s++) o[s] && Zt(o[s], n, typeof e.type != "function" || (t && !e.props.__P));
  (!t && (o = e.__c) && (o = o.__z) && (a = Jn(o, (i = []))) && (o == e.__e && i.some(je), je(a), je(o)),
    t || je(e.__e),
    (e.__e = e.__c = e.__ = null));
}
function ns(e, n, t) {
  return this.constructor(e, t);
}
function qr(e, n) {
  var t, o, a, i;
  (R.__ && R.__(e, n),
    n.nodeType == 9 && (n = n.documentElement),
    (o = (t = e && 32 & e.__u) ? null : n.__k),
    (n.__k = Sn(_, { children: [e] })),
    (a = []),
    (i = []),
    Kt(
      n,
      n.__k,
      o || et,
      et,
      n.namespaceURI,
      o ? null : n.firstChild ? qt.call(n.childNodes) : null,
      a,
      o ? o.__e : n.firstChild,
      t,
      i,
    ),
    Xr(a, n.__k, i),
    (n.__k.props.children = null));
}
((R = {
  __e: function (e, n, t, o) {
    for (var a, i, s; (n = n.__);)
      if ((a = n.__c) && !(1 & a.__g)) {
        a.__g |= 4;
        try {
          if (
            ((s = (i = a.constructor) && i.getDerivedStateFromError) &&
              a.setState(i.getDerivedStateFromError(e)),
            a.componentDidCatch && (a.componentDidCatch(e, o || {}), (s = 1)),
            s && 8 & a.__g)
          )
            return void (a.__g |= 2);
        } catch (l) {
          e = l;
        }
      }
    throw ((Qn = 0), e);
  },
}),
  ($r = 0),
  (zt = function (e) {
    return e != null && e.constructor === Tn;
  }),
  (dn.prototype.setState = function (e, n) {
    var t = this.__s;
    ((t && t != this.state) || (t = this.__s = Ze({}, this.state)),
      typeof e == "function" && (e = e(Ze({}, t), this.props)),
      e && (Ze(t, e), this.__v && (n && this.__k.push(n), Lr(this))));
  }),
  (dn.prototype.forceUpdate = function (e) {
    this.__v && ((this.__g |= 4), e && this.__h.push(e), Lr(this));
  }),
  (dn.prototype.render = _),
  (Le = []),
  (Qn = 0),
  (Vr = function (e, n) {
    return e.__v.__b - n.__v.__b;
  }),
  (Yn = Symbol()),
  (Fr = /(PointerCapture)$|Capture$/i),
  (Gt = 0),
  (Ht = {}),
  (Ki = 0));
var qc = 256 * 1024;
var Kc = 32 * 1024 * 1024;
var Kr = 32,
  ie = 1e3,
  jc = 16 * 1024,
  Yt = 4,
  jr = 8;
var Zr = 500,
  Yr = 2 ** 48 - 1,
  U = 5e4;
var Jt = 350,
  Jr = 12e4,
  Qr = 4e3,
  $e = 120,
  Qt = 200;
var Mn,
  te,
  er,
  eo,
  rs = Object.is,
  nr = 0,
  co = [],
  tr = [],
  G = R,
  no = G.__b,
  to = G.__r,
  ro = G.diffed,
  oo = G.__c,
  ao = G.unmount,
  io = G.__;
function or(e, n) {
  (G.__h && G.__h(te, e, nr || n), (nr = 0));
  var t = te.__H || (te.__H = { __: [], __h: [] });
  return (e >= t.__.length && t.__.push({}), t.__[e]);
}
function ee(e, n) {
  var t = or(Mn++, 3);
  !G.__s && ar(t.__H, n) && ((t.__P = !0), (t.__ = e), (t.u = n), te.__H.__h.push(t));
}
function uo(e, n) {
  var t = or(Mn++, 4);
  !G.__s && ar(t.__H, n) && ((t.__P = !1), (t.__ = e), (t.u = n), te.__h.push(t));
}
function Y(e) {
  return (
    (nr = 5),
    tt(function () {
      return { current: e };
    }, [])
  );
}
function tt(e, n) {
  var t = or(Mn++, 7);
  return (ar(t.__H, n) && ((t.__ = e()), (t.__H = n)), t.__);
}
function os() {
  var e;
  do {
    for (; (e = tr.shift());)
      try {
        Cn(e);
      } catch (t) {
        G.__e(t, { __: (e = e.__P) && e.__v });
      }
    for (; (e = co.shift());) {
      var n = e.__H;
      if (e.__P && n)
        try {
          (n.__h.some(Cn), n.__h.some(rr), (n.__h = []));
        } catch (t) {
          ((n.__h = []), G.__e(t, e.__v));
        }
    }
  } while (tr.length);
}
((G.__b = function (e) {
  ((te = null), no && no(e));
}),
  (G.__ = function (e, n) {
    (e && n.__k && n.__k.__m && (e.__m = n.__k.__m), io && io(e, n));
  }),
  (G.__r = function (e) {
    (to && to(e), (Mn = 0));
    var n = (te = e.__c).__H;
    (n &&
      (er == te ? (te.__h = []) : (n.__h.some(Cn), n.__h.some(rr), (Mn = 0)),
      (n.__h = []),
      n.__.some(function (t) {
        (t.__N && (t.__ = t.__N), (t.u = t.__N = void 0));
      })),
      (er = te));
  }),
  (G.diffed = function (e) {
    ro && ro(e);
    var n = e.__c;
    (n &&
      n.__H &&
      (n.__H.__h.length && lo(co.push(n)),
      n.__H.__.some(function (t) {
        t.u && (t.__H = t.u);
      })),
      (er = te = null));
  }),
  (G.__c = function (e, n) {
    (n.some(function (t) {
      try {
        (t.__h.some(Cn),
          (t.__h = t.__h.filter(function (o) {
            return !o.__ || rr(o);
          })));
      } catch (o) {
        t.__h = [
          function () {
            throw o;
          },
        ];
      }
    }),
      oo && oo(e, n));
  }),
  (G.unmount = function (e) {
    ao && ao(e);
    var n,
      t,
      o = e.__c;
    o &&
      o.__H &&
      (o.__H.__.some(function (a) {
        try {
          if (a.__P && a.__c) {
            if (t === void 0) {
              for (t = e.__; t && (!t.__c || !t.__c.__P);) t = t.__;
              t = t && t.__c;
            }
            ((a.__P = t), lo(tr.push(a)));
          } else Cn(a);
        } catch (i) {
          n = i;
        }
      }),
      (o.__H = void 0),
      n && G.__e(n, o.__v));
  }));
var so = typeof requestAnimationFrame == "function";
function as(e) {
  var n,
    t = function () {
      (clearTimeout(o), so && cancelAnimationFrame(n), setTimeout(e));
    },
    o = setTimeout(t, 35);
  so && (n = requestAnimationFrame(t));
}
function lo(e) {
  (e != 1 && eo == G.requestAnimationFrame) || ((eo = G.requestAnimationFrame) || as)(os);
}
function Cn(e) {
  var n = te,
    t = e.__c;
  (typeof t == "function" && ((e.__c = void 0), t()), (te = n));
}
function rr(e) {
  var n = te;
  ((e.__c = e.__()), (te = n));
}
function ar(e, n) {
  return (
    !e ||
    e.length != n.length ||
    n.some(function (t, o) {
      return !rs(t, e[o]);
    })
  );
}
var is = Symbol.for("preact-signals");
function it() {
  if (Me > 1) Me--;
  else {
    var e,
      n = !1;
    for (
      (function () {
        var a = ot;
        for (ot = void 0; a !== void 0;) {
          var i = a.S;
          if (i.v === a.v) for (var s = i.t; s !== void 0; s = s.x) s.i === a.i && (s.i = i.i);
          a = a.o;
        }
      })();
      Rn !== void 0;
    ) {
      var t = Rn;
      for (Rn = void 0, rt++; t !== void 0;) {
        var o = t.u;
        if (((t.u = void 0), (t.f &= -3), !(8 & t.f) && fo(t)))
          try {
            t.c();
          } catch (a) {
            n || ((e = a), (n = !0));
          }
        t = o;
      }
    }
    if (((rt = 0), Me--, n)) throw e;
  }
}
function re(e) {
  if (Me > 0) return e();
  ((ir = ++ss), Me++);
  try {
    return e();
  } finally {
    it();
  }
}
var xn,
  V = void 0;
function On(e) {
  var n = V,
    t = xn;
  ((V = void 0), (xn = void 0));
  try {
    return e();
  } finally {
    ((V = n), (xn = t));
  }
}
var Rn = void 0,
  Me = 0,
  rt = 0,
  ss = 0,
  ir = 0,
  ot = void 0,
  at = 0;
function po(e) {
  if (V !== void 0) {
    var n = e.n;
    if (n === void 0 || n.t !== V)
      return (
        (n = { i: 0, S: e, p: V.s, n: void 0, t: V, e: void 0, x: void 0, r: n }),
        V.s !== void 0 && (V.s.n = n),
        (V.s = n),
        (e.n = n),
        32 & V.f && e.S(n),
        n
      );
    if (n.i === -1)
      return (
        (n.i = 0),
        n.n !== void 0 &&
          ((n.n.p = n.p),
          n.p !== void 0 && (n.p.n = n.n),
          (n.p = V.s),
          (n.n = void 0),
          (V.s.n = n),
          (V.s = n)),
        n
      );
  }
}
function q(e, n) {
  ((this.v = e),
    (this.i = 0),
    (this.n = void 0),
    (this.t = void 0),
    (this.l = 0),
    (this.W = n?.watched),
    (this.Z = n?.unwatched),
    (this.name = n?.name));
}
q.prototype.brand = is;
q.prototype.h = function () {
  return !0;
};
q.prototype.S = function (e) {
  var n = this,
    t = this.t;
  t !== e &&
    e.e === void 0 &&
    ((e.x = t),
    (this.t = e),
    t !== void 0
      ? (t.e = e)
      : On(function () {
          var o;
          (o = n.W) == null || o.call(n);
        }));
};
q.prototype.U = function (e) {
  var n = this;
  if (this.t !== void 0) {
    var t = e.e,
      o = e.x;
    (t !== void 0 && ((t.x = o), (e.e = void 0)),
      o !== void 0 && ((o.e = t), (e.x = void 0)),
      e === this.t &&
        ((this.t = o),
        o === void 0 &&
          On(function () {
            var a;
            (a = n.Z) == null || a.call(n);
          })));
  }
};
q.prototype.subscribe = function (e) {
  var n = this;
  return he(
    function () {
      var t = n.value;
      On(function () {
        return e(t);
      });
    },
    { name: "sub" },
  );
};
q.prototype.valueOf = function () {
  return this.value;
};
q.prototype.toString = function () {
  return this.value + "";
};
q.prototype.toJSON = function () {
  return this.value;
};
q.prototype.peek = function () {
  var e = this;
  return On(function () {
    return e.value;
  });
};
Object.defineProperty(q.prototype, "value", {
  get: function () {
    var e = po(this);
    return (e !== void 0 && (e.i = this.i), this.v);
  },
  set: function (e) {
    if (e !== this.v) {
      if (rt > 100) throw new Error("Cycle detected");
      ((function (t) {
        Me !== 0 && rt === 0 && t.l !== ir && ((t.l = ir), (ot = { S: t, v: t.v, i: t.i, o: ot }));
      })(this),
        (this.v = e),
        this.i++,
        at++,
        Me++);
      try {
        for (var n = this.t; n !== void 0; n = n.x) n.t.N();
      } finally {
        it();
      }
    }
  },
});
function w(e, n) {
  return new q(e, n);
}
function fo(e) {
  for (var n = e.s; n !== void 0; n = n.n) if (n.S.i !== n.i || !n.S.h() || n.S.i !== n.i) return !0;
  return !1;
}
function ho(e) {
  for (var n = e.s; n !== void 0; n = n.n) {
    var t = n.S.n;
    if ((t !== void 0 && (n.r = t), (n.S.n = n), (n.i = -1), n.n === void 0)) {
      e.s = n;
      break;
    }
  }
}
function mo(e) {
  for (var n = e.s, t = void 0; n !== void 0;) {
    var o = n.p;
    (n.i === -1 ? (n.S.U(n), o !== void 0 && (o.n = n.n), n.n !== void 0 && (n.n.p = o)) : (t = n),
      (n.S.n = n.r),
      n.r !== void 0 && (n.r = void 0),
      (n = o));
  }
  e.s = t;
}
function Ye(e, n) {
  (q.call(this, void 0, n), (this.x = e), (this.s = void 0), (this.g = at - 1), (this.f = 4));
}
Ye.prototype = new q();
Ye.prototype.h = function () {
  if (((this.f &= -3), 1 & this.f)) return !1;
  if ((36 & this.f) == 32 || ((this.f &= -5), this.g === at)) return !0;
  if (((this.g = at), (this.f |= 1), this.i > 0 && !fo(this))) return ((this.f &= -2), !0);
  var e = V;
  try {
    (ho(this), (V = this));
    var n = this.x();
    (16 & this.f || this.v !== n || this.i === 0) && ((this.v = n), (this.f &= -17), this.i++);
  } catch (t) {
    ((this.v = t), (this.f |= 16), this.i++);
  }
  return ((V = e), mo(this), (this.f &= -2), !0);
};
Ye.prototype.S = function (e) {
  if (this.t === void 0) {
    this.f |= 36;
    for (var n = this.s; n !== void 0; n = n.n) n.S.S(n);
  }
  q.prototype.S.call(this, e);
};
Ye.prototype.U = function (e) {
  if (this.t !== void 0 && (q.prototype.U.call(this, e), this.t === void 0)) {
    this.f &= -33;
    for (var n = this.s; n !== void 0; n = n.n) n.S.U(n);
  }
};
Ye.prototype.N = function () {
  if (!(2 & this.f)) {
    this.f |= 6;
    for (var e = this.t; e !== void 0; e = e.x) e.t.N();
  }
};
Object.defineProperty(Ye.prototype, "value", {
  get: function () {
    if (1 & this.f) throw new Error("Cycle detected");
    var e = po(this);
    if ((this.h(), e !== void 0 && (e.i = this.i), 16 & this.f)) throw this.v;
    return this.v;
  },
});
function ne(e, n) {
  return new Ye(e, n);
}
function _o(e) {
  var n = e.j;
  if (((e.j = void 0), typeof n == "function")) {
    Me++;
    var t = V;
    V = void 0;
    try {
      n();
    } catch (o) {
      throw ((e.f &= -2), (e.f |= 8), sr(e), o);
    } finally {
      ((V = t), it());
    }
  }
}
function sr(e) {
  for (var n = e.s; n !== void 0; n = n.n) n.S.U(n);
  ((e.x = void 0), (e.s = void 0), _o(e));
}
function ls(e) {
  if (V !== this) throw new Error("Out-of-order effect");
  (mo(this), (V = e), (this.f &= -2));
  try {
    8 & this.f && sr(this);
  } finally {
    it();
  }
}
function cn(e, n) {
  ((this.x = e),
    (this.j = void 0),
    (this.s = void 0),
    (this.u = void 0),
    (this.f = 32),
    (this.name = n?.name),
    xn && xn.push(this));
}
cn.prototype.c = function () {
  var e = this.S();
  try {
    if (8 & this.f || this.x === void 0) return;
    var n = this.x();
    typeof n == "function" && (this.j = n);
  } finally {
    e();
  }
};
cn.prototype.S = function () {
  if (1 & this.f) throw new Error("Cycle detected");
  ((this.f |= 1), (this.f &= -9), _o(this), ho(this), Me++);
  var e = V;
  return ((V = this), ls.bind(this, e));
};
cn.prototype.N = function () {
  2 & this.f || ((this.f |= 2), (this.u = Rn), (Rn = this));
};
cn.prototype.d = function () {
  ((this.f |= 8), 1 & this.f || sr(this));
};
cn.prototype.dispose = function () {
  this.d();
};
function he(e, n) {
  var t = new cn(e, n);
  try {
    t.c();
  } catch (a) {
    throw (t.d(), a);
  }
  var o = t.d.bind(t);
  return ((o[Symbol.dispose] = o), o);
}
var yo,
  lt,
  st,
  ds = typeof window < "u" && !!window.__PREACT_SIGNALS_DEVTOOLS__;
var go = [];
he(function () {
  yo = this.N;
})();
function un(e, n) {
  R[e] = n.bind(null, R[e] || function () {});
}
function Nn(e) {
  if (st) {
    var n = st;
    ((st = void 0), n());
  }
  st = e && e.S();
}
function vo(e) {
  var n = this,
    t = e.data,
    o = x(t);
  ((o.name = "ReactiveDom"), (o.value = t));
  var a = tt(function () {
      for (var l = n, f = n.__v; (f = f.__);)
        if (f.__c) {
          f.__c.__$f |= 4;
          break;
        }
      var m = ne(function () {
          var u = o.value.value;
          return u === 0 ? 0 : u === !0 ? "" : u || "";
        }),
        c = ne(function () {
          return !Array.isArray(m.value) && !zt(m.value);
        }),
        b = he(function () {
          if (((this.N = ko), c.value)) {
            var u = m.value;
            l.__v && l.__v.__e && l.__v.__e.nodeType === 3 && (l.__v.__e.data = u);
          }
        }),
        S = n.__$u.d;
      return (
        (n.__$u.d = function () {
          (b(), S.call(this));
        }),
        [c, m]
      );
    }, []),
    i = a[0],
    s = a[1];
  return i.value ? s.peek() : s.value;
}
vo.displayName = "ReactiveTextNode";
Object.defineProperties(q.prototype, {
  constructor: { configurable: !0, value: Wr(_, null).constructor },
  type: { configurable: !0, value: vo },
  props: {
    configurable: !0,
    get: function () {
      var e = this;
      return {
        data: {
          get value() {
            return e.value;
          },
        },
      };
    },
  },
  __b: { configurable: !0, value: 1 },
});
un("__b", function (e, n) {
  if ((Nn(), (lt = void 0), typeof n.type == "string")) {
    var t,
      o = n.props;
    for (var a in o)
      if (a !== "children") {
        var i = o[a];
        i instanceof q && (t || (n.__np = t = {}), (t[a] = i), (o[a] = i.peek()));
      }
  }
  e(n);
});
un("__r", function (e, n) {
  if ((e(n), n.type !== _)) {
    Nn();
    var t,
      o = n.__c;
    (o &&
      ((o.__$f &= -2),
      (t = o.__$u) === void 0 &&
        (o.__$u = t =
          (function (a, i) {
            var s;
            return (
              he(
                function () {
                  s = this;
                },
                { name: i },
              ),
              (s.c = a),
              s
            );
          })(
            (function (a) {
              return function () {
                var i;
                (ds && ((i = this.y) == null || i.call(this)), (a.__$f |= 1), a.setState({}));
              };
            })(o),
            typeof n.type == "function" ? n.type.displayName || n.type.name : "",
          ))),
      (lt = o),
      Nn(t));
  }
});
un("__e", function (e, n, t, o) {
  (Nn(), (lt = void 0), e(n, t, o));
});
un("diffed", function (e, n) {
  (Nn(), (lt = void 0));
  var t;
  if (typeof n.type == "string" && (t = n.__e)) {
    var o = n.__np,
      a = n.props,
      i = t.U;
    if (i)
      for (var s in i) {
        var l = i[s];
        l === void 0 || (o && s in o) || (l.d(), (i[s] = void 0));
      }
    if (o) {
      i || ((i = {}), (t.U = i));
      for (var f in o) {
        var m = i[f],
          c = o[f];
        m === void 0 ? ((m = cs(t, f, c, a)), (i[f] = m)) : m.o(c, a);
      }
    }
  }
  e(n);
});
function cs(e, n, t, o) {
  var a = n in e && e.ownerSVGElement === void 0,
    i = w(t);
  return {
    o: function (s, l) {
      ((i.value = s), (o = l));
    },
    d: he(function () {
      this.N = ko;
      var s = i.value.value;
      o[n] !== s &&
        ((o[n] = s),
        a
          ? (e[n] = s)
          : s != null && (s !== !1 || n[4] === "-")
            ? e.setAttribute(n, s)
            : e.removeAttribute(n));
    }),
  };
}
un("unmount", function (e, n) {
  if (typeof n.type == "string") {
    var t = n.__e;
    if (t) {
      var o = t.U;
      if (o) {
        t.U = void 0;
        for (var a in o) {
          var i = o[a];
          i && i.d();
        }
      }
    }
    var s = n.__np;
    if (s) {
      var l = n.props;
      for (var f in s) l[f] = s[f];
    }
    n.__np = void 0;
  } else {
    var m = n.__c;
    if (m) {
      m.__$f |= 8;
      var c = m.__$u;
      c && ((m.__$u = void 0), c.d());
    }
  }
  e(n);
});
un("__h", function (e, n, t, o) {
  (o < 3 && (n.__$f |= 2), e(n, t, o));
});
dn.prototype.shouldComponentUpdate = function (e, n) {
  if (this.__R) return !0;
  var t = this.__$u,
    o = t && t.s !== void 0;
  for (var a in n) return !0;
  if (this.__f || (typeof this.u == "boolean" && this.u === !0)) {
    var i = 2 & this.__$f;
    if (!(o || i || 4 & this.__$f) || 1 & this.__$f) return !0;
  } else if (!(o || 4 & this.__$f) || 3 & this.__$f) return !0;
  for (var s in e) if (s !== "__source" && e[s] !== this.props[s]) return !0;
  for (var l in this.props) if (!(l in e)) return !0;
  return !1;
};
function x(e, n) {
  return tt(function () {
    return w(e, n);
  }, []);
}
var us = function (e) {
  queueMicrotask(function () {
    queueMicrotask(e);
  });
};
function ps() {
  re(function () {
    for (var e; (e = go.shift());) yo.call(e);
  });
}
function ko() {
  go.push(this) === 1 && (R.requestAnimationFrame || us)(ps);
}
var dt = Number.NEGATIVE_INFINITY;
function me(e) {
  let n = performance.now();
  n - dt < Jt || ((dt = n), e());
}
function bo() {
  dt = performance.now();
}
function ct() {
  return performance.now() - dt < Jt;
}
var Ve = w(null);
function wo({ tender: e, order: n }, t, o) {
  switch (t.find((i) => i.tender === e)?.status) {
    case void 0:
      return o?.order === n ? "paid" : "gone";
    case "requested":
    case "approved":
      return "wait";
    case "declined":
    case "reversed":
      return "free";
    case "captured":
    case "accepted_offline":
    case "declined_later":
      return "paid";
    case "unknown":
    case "orphaned":
      return "unknown";
  }
}
var ut = class {
  #e = new Map();
  #n = 0;
  get count() {
    return this.#e.size;
  }
  get messages() {
    return [...this.#e.values()].filter(So);
  }
  add(n) {
    if (this.#e.size >= Kr) return null;
    this.#n += 1;
    let t = n(this.#n);
    return (this.#e.set(t.n, t.kind === "pin" ? { ...t, pin: "" } : t), t);
  }
  settle(n) {
    let t = this.#e.get(n);
    return (this.#e.delete(n), t ?? null);
  }
  drop() {
    let n = [...this.#e.values()].filter((t) => !So(t));
    for (let { n: t } of n) this.#e.delete(t);
    return n;
  }
};
function So({ kind: e }) {
  return e === "command" || e === "scan";
}
var lr = class extends Error {
  name = "Bug";
};
function Fe(e, n) {
  if (!e) throw new lr(n);
}
var fs = /^[A-Za-z0-9_-]{1,32}$/,
  hs = /^[0-9a-f]{16}$/,
  To = /^[A-Za-z0-9_-]{1,16}$/;
function ms(e) {
  return fs.test(e);
}
function _s(e) {
  return hs.test(e);
}
function dr(e) {
  return To.test(e);
}
function pt(e) {
  return To.test(e);
}
function Co(e) {
  return (Fe(pt(e), "ids: A drawer's name must be 1 to 16 of A-Z a-z 0-9 _ -"), e);
}
function ys(e) {
  return `${e.terminal}/${e.epoch}/${e.seq}`;
}
function gs(e) {
  let [n, t, o, ...a] = e.split("/");
  if (
    n === void 0 ||
    t === void 0 ||
    o === void 0 ||
    a.length > 0 ||
    !ms(n) ||
    !_s(t) ||
    !/^[1-9][0-9]{0,15}$/.test(o)
  )
    return null;
  let i = Number(o);
  return Number.isSafeInteger(i) ? { terminal: n, epoch: t, seq: i } : null;
}
function Mo(e) {
  let n = gs(e);
  return n === null ? null : ys(n);
}
var pn = class extends Error {
  name = "WrongField";
  code;
  field;
  constructor(n, t) {
    (super(`${n}: ${t}`), (this.code = n), (this.field = t));
  }
};
function vs(e) {
  return typeof e == "object" && e !== null && !Array.isArray(e);
}
var cr = class e {
  #e;
  #n;
  #r;
  #i = new Set();
  constructor(n, t, o = []) {
    if (!vs(n)) throw new pn(t === "" ? "wire/not_an_object" : "wire/wrong_field", t);
    ((this.#e = n), (this.#n = t), (this.#r = o), o.push(this));
  }
  end() {
    for (let n of this.#r)
      for (let t of Object.keys(n.#e)) if (!n.#i.has(t)) throw n.wrong(t, "wire/unknown_field");
  }
  #t(n) {
    return (this.#i.add(n), this.#e[n]);
  }
  only(...n) {
    for (let t of Object.keys(this.#e)) if (!n.includes(t)) throw new pn("wire/unknown_field", this.#o(t));
    return this;
  }
  text(n, t) {
    let o = this.#t(n);
    if (typeof o != "string" || o.length > t) throw this.wrong(n);
    return o;
  }
  whole(n, t, o) {
    let a = this.#t(n);
    if (typeof a != "number" || !Number.isSafeInteger(a) || a < t || a > o) throw this.wrong(n);
    return a;
  }
  integer(n) {
    return this.whole(n, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  }
  flag(n) {
    let t = this.#t(n);
    if (typeof t != "boolean") throw this.wrong(n);
    return t;
  }
  word(n, t) {
    let o = this.#t(n),
      a = t.find((i) => i === o);
    if (a === void 0) throw this.wrong(n);
    return a;
  }
  eventId(n) {
    let t = this.#t(n),
      o = typeof t == "string" ? Mo(t) : null;
    if (o === null) throw this.wrong(n);
    return o;
  }
  clerkId(n) {
    let t = this.#t(n);
    if (typeof t != "string" || !dr(t)) throw this.wrong(n);
    return t;
  }
  drawerId(n) {
    let t = this.#t(n);
    if (typeof t != "string" || !pt(t)) throw this.wrong(n);
    return t;
  }
  nullable(n, t) {
    return this.#t(n) === null ? null : t(this, n);
  }
  has(n) {
    return this.#e[n] !== void 0;
  }
  object(n) {
    return new e(this.#t(n), this.#o(n), this.#r);
  }
  list(n, t, o) {
    let a = this.#t(n);
    if (!Array.isArray(a) || a.length > t) throw this.wrong(n);
    return a.map((s, l) => o(new e(s, `${this.#o(n)}[${l}]`, this.#r)));
  }
  values(n, t, o) {
    let a = this.#t(n);
    if (!Array.isArray(a) || a.length > t) throw this.wrong(n);
    return a.map((s, l) => {
      let f = o(s);
      if (f === null) throw this.wrong(`${n}[${l}]`);
      return f;
    });
  }
  clerkIds(n, t) {
    return this.values(n, t, (o) => (typeof o == "string" && dr(o) ? o : null));
  }
  drawerIds(n, t) {
    return this.values(n, t, (o) => (typeof o == "string" && pt(o) ? o : null));
  }
  wholes(n, t) {
    return this.values(n, t, (o) => (typeof o == "number" && Number.isSafeInteger(o) && o >= 0 ? o : null));
  }
  wrong(n, t = "wire/wrong_field") {
    return new pn(t, this.#o(n));
  }
  #o(n) {
    return this.#n === "" ? n : `${this.#n}.${n}`;
  }
};
function xo(e, n, t, o) {
  let a = e.text(n, ie),
    i = t.find((s) => s === a);
  if (i === void 0) throw e.wrong(n, o);
  return i;
}
function Ro(e, n) {
  let t;
  try {
    t = JSON.parse(e);
  } catch {
    return { ok: !1, code: "wire/not_json", field: "" };
  }
  try {
    let o = new cr(t, ""),
      a = n(o);
    return (o.end(), { ok: !0, value: a });
  } catch (o) {
    if (!(o instanceof pn)) throw o;
    return { ok: !1, code: o.code, field: o.field };
  }
}
var Oo = [
  "reader_more",
  "journal_more",
  "count_differs",
  "unknown",
  "orphan",
  "judged_charged",
  "judged_not_charged",
  "offline",
];
function L(e) {
  return (Fe(Number.isSafeInteger(e), "money: An amount must be a safe integer"), e === 0 ? 0 : e);
}
function se(e) {
  return (Fe(Number.isSafeInteger(e), "money: A quantity must be a safe integer"), e === 0 ? 0 : e);
}
var bu = L(0);
function We(e, n) {
  return L(e + n);
}
function ur(e, n) {
  return L(e - n);
}
function pr(e) {
  let n = 0;
  for (let t of e) n = L(n + t);
  return L(n);
}
function fr(e, n, t) {
  Fe(n !== 0n, "money: Division by zero");
  let o = e < 0n != n < 0n,
    a = e < 0n ? -e : e,
    i = n < 0n ? -n : n,
    s = a / i,
    l = s + (ks(s, a - s * i, i, t) ? 1n : 0n);
  return o ? -l : l;
}
function ks(e, n, t, o) {
  if (n === 0n || o === "DOWN") return !1;
  if (o === "UP") return !0;
  let a = n * 2n;
  return a !== t ? a > t : o === "HALF_EVEN" ? e % 2n === 1n : o === "HALF_UP";
}
function bs(e, n, t, o = "HALF_UP") {
  let a = e * n;
  if (Number.isSafeInteger(a)) return ws(a, t, o);
  let i = fr(BigInt(e) * BigInt(n), BigInt(t), o),
    s = Number(i);
  return (Fe(Number.isSafeInteger(s), "money: A product left the safe integers"), s);
}
function ws(e, n, t) {
  let o = e % n,
    a = (e - o) / n;
  if (o === 0 || t === "DOWN") return a;
  let i = e < 0 == n < 0 ? 1 : -1;
  if (t === "UP") return a + i;
  let s = Math.abs(o) - (Math.abs(n) - Math.abs(o));
  return s !== 0 ? (s > 0 ? a + i : a) : t === "HALF_UP" || (t === "HALF_EVEN" && a % 2 !== 0) ? a + i : a;
}
function ft(e, n, t) {
  return (Fe(t > 0 && n >= 0 && n <= t, "money: A prefix must lie between 0 and the whole"), L(bs(e, n, t)));
}
function In(e, n) {
  let t = String(Math.abs(e)).padStart(n + 1, "0"),
    o = e < 0 ? "-" : "";
  return n === 0 ? o + t : `${o}${t.slice(0, -n)}.${t.slice(-n)}`;
}
function le(e) {
  return In(L(e), 3).replace(/\.?0+$/, "");
}
var wu = new Map([
  ...[
    "BIF",
    "CLP",
    "DJF",
    "GNF",
    "ISK",
    "JPY",
    "KMF",
    "KRW",
    "PYG",
    "RWF",
    "UGX",
    "VND",
    "VUV",
    "XAF",
    "XOF",
    "XPF",
  ].map((e) => [e, 0]),
  ...["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"].map((e) => [e, 3]),
]);
var Cs = 64;
function No(e) {
  return {
    reader: fn(e, "reader"),
    serial: fn(e, "serial"),
    closedText: fn(e, "closedText"),
    rows: e.list("rows", Cs, Ms),
    cases: e.list("cases", 64, xs),
  };
}
function fn(e, n) {
  return e.text(n, ie);
}
function ht(e, n) {
  return e.whole(n, 0, Number.MAX_SAFE_INTEGER);
}
function Ms(e) {
  return {
    brand: fn(e, "brand"),
    readerCount: ht(e, "readerCount"),
    readerMinor: e.integer("readerMinor"),
    journalCount: ht(e, "journalCount"),
    journalMinor: e.integer("journalMinor"),
  };
}
function xs(e) {
  return {
    kind: e.word("kind", Oo),
    brand: fn(e, "brand"),
    readerCount: ht(e, "readerCount"),
    journalCount: ht(e, "journalCount"),
    amountMinor: L(e.integer("amountMinor")),
    isAtReader: e.flag("isAtReader"),
    order: e.nullable("order", (n, t) => n.eventId(t)),
    label: fn(e, "label"),
  };
}
var mt = ["none", "pending", "printed", "failed", "unknown"],
  _t = ["sale", "return"],
  hr = ["open", "frozen", "closed", "voided"],
  mr = ["ok", "full", "failed", "damaged"],
  _r = ["none", "behind", "before_release", "jumped"],
  Rs = ["none", "resumed", "reprinted"],
  Eo = Object.keys({
    added_after_freeze: !0,
    added_after_void: !0,
    removed_after_freeze: !0,
    removed_more_than_held: !0,
    held_twice: !0,
    closed_twice: !0,
    overpaid: !0,
    thaw_ignored: !0,
    order_unknown: !0,
    line_unknown: !0,
    check_unknown: !0,
    receipt_not_confirmed: !0,
    receipt_marked: !0,
    returned_twice: !0,
    card_unknown: !0,
    card_overridden: !0,
    card_orphan: !0,
    card_declined_later: !0,
  }),
  Os = ["order", "shift", "stock", "health", "settings"],
  xe = 1e3;
function Po(e) {
  let n = e.word("panel", Os);
  if (n === "order") {
    let o = e.nullable("content", (a, i) => As(a.object(i)));
    return { panel: n, order: e.eventId("order"), content: o };
  }
  let t = e.object("content");
  switch (n) {
    case "shift":
      return { panel: n, content: $s(t) };
    case "stock":
      return { panel: n, content: Bs(t) };
    case "health":
      return { panel: n, content: Us(t) };
    case "settings":
      return { panel: n, content: Hs(t) };
  }
}
function Ao(e) {
  let n = e.word("kind", ["item", "receipt", "payment_code", "rejected"]);
  switch (n) {
    case "item":
      return { kind: n, sku: O(e, "sku") };
    case "receipt":
      return { kind: n, order: e.eventId("order"), closing: e.eventId("closing") };
    case "payment_code":
      return { kind: n };
    case "rejected":
      return { kind: n, code: O(e, "code"), sentence: O(e, "sentence") };
  }
}
function Ns(e) {
  return { address: Is(e.object("address")), model: O(e, "model") };
}
function O(e, n) {
  return e.text(n, ie);
}
function oe(e, n) {
  return e.whole(n, 0, Number.MAX_SAFE_INTEGER);
}
function Io(e) {
  return typeof e == "string" && e.length <= ie ? e : null;
}
function Is(e) {
  let n = e.word("kind", ["tcp", "serial"]);
  return n === "tcp"
    ? { kind: n, host: O(e, "host"), port: e.whole("port", 1, 65535) }
    : { kind: n, path: O(e, "path"), baudRate: e.whole("baudRate", 1, 1e7) };
}
function Es(e) {
  return Ps(e) ? e : null;
}
function Ps(e) {
  return typeof e == "string" && Eo.includes(e);
}
function As(e) {
  return {
    order: e.eventId("order"),
    kind: e.word("kind", _t),
    phase: e.word("phase", hr),
    isParked: e.flag("isParked"),
    label: O(e, "label"),
    reason: O(e, "reason"),
    note: O(e, "note"),
    returnOf: O(e, "returnOf"),
    openTotalMinor: e.integer("openTotalMinor"),
    openLines: e.list("openLines", U, Lo),
    closings: e.list("closings", U, Ls),
    marks: e.values("marks", Eo.length, Es),
    timeline: e.list("timeline", Zr, Ds),
  };
}
function Lo(e) {
  return {
    line: e.eventId("line"),
    sku: O(e, "sku"),
    name: O(e, "name"),
    quantityMilli: oe(e, "quantityMilli"),
    unitPriceMinor: oe(e, "unitPriceMinor"),
    amountMinor: oe(e, "amountMinor"),
    note: O(e, "note"),
    taxOnTopMinor: oe(e, "taxOnTopMinor"),
    returnedMilli: oe(e, "returnedMilli"),
  };
}
function Ls(e) {
  return {
    closing: e.eventId("closing"),
    receipt: O(e, "receipt"),
    timeText: O(e, "timeText"),
    clerk: e.clerkId("clerk"),
    totalMinor: e.integer("totalMinor"),
    roundingMinor: e.integer("roundingMinor"),
    orderRoundingMinor: e.integer("orderRoundingMinor"),
    handedMinor: e.integer("handedMinor"),
    changeMinor: e.integer("changeMinor"),
    lines: e.list("lines", U, Lo),
    copyCount: oe(e, "copyCount"),
    print: e.word("print", mt),
    printMark: e.word("printMark", Rs),
  };
}
function Ds(e) {
  return {
    timeText: O(e, "timeText"),
    type: O(e, "type"),
    clerk: yr(e),
    detail: O(e, "detail"),
    quantityMilli: e.nullable("quantityMilli", (n, t) => n.integer(t)),
    amountMinor: e.nullable("amountMinor", (n, t) => n.integer(t)),
    isStored: e.flag("isStored"),
    isSent: e.flag("isSent"),
  };
}
function yr(e) {
  return O(e, "clerk") === "" ? "" : e.clerkId("clerk");
}
function $s(e) {
  return {
    open: e.list("open", xe, Vs),
    freeDrawers: e.drawerIds("freeDrawers", xe),
    joinable: e.list("joinable", xe, Fs),
    closed: e.list("closed", xe, Ws),
    unsentCount: oe(e, "unsentCount"),
    denominationsMinor: e.wholes("denominationsMinor", xe),
  };
}
function Vs(e) {
  return {
    shift: e.eventId("shift"),
    drawer: e.drawerId("drawer"),
    businessDate: O(e, "businessDate"),
    openedText: O(e, "openedText"),
    clerk: yr(e),
    isOwn: e.flag("isOwn"),
    isMine: e.flag("isMine"),
    floatMinor: e.integer("floatMinor"),
    saleCount: oe(e, "saleCount"),
    returnCount: oe(e, "returnCount"),
    noSaleCount: oe(e, "noSaleCount"),
    counted: e.nullable("counted", (n, t) => {
      let o = n.object(t);
      return {
        countedMinor: o.integer("countedMinor"),
        expectedMinor: o.integer("expectedMinor"),
        differenceMinor: o.integer("differenceMinor"),
      };
    }),
  };
}
function Fs(e) {
  return {
    shift: e.eventId("shift"),
    drawer: e.drawerId("drawer"),
    terminal: O(e, "terminal"),
    clerk: yr(e),
  };
}
function Ws(e) {
  return {
    closing: e.eventId("closing"),
    zNumber: oe(e, "zNumber"),
    drawer: e.drawerId("drawer"),
    businessDate: O(e, "businessDate"),
    closedText: O(e, "closedText"),
    differenceMinor: e.integer("differenceMinor"),
  };
}
function Bs(e) {
  return {
    items: e.list("items", U, (n) => ({
      sku: O(n, "sku"),
      nameEn: O(n, "nameEn"),
      nameZh: O(n, "nameZh"),
      isSoldOut: n.flag("isSoldOut"),
    })),
    alerts: e.list("alerts", U, (n) => ({
      sku: O(n, "sku"),
      levelMilli: n.integer("levelMilli"),
      targetMilli: n.integer("targetMilli"),
    })),
  };
}
function Us(e) {
  return {
    terminal: O(e, "terminal"),
    version: O(e, "version"),
    unsentCount: oe(e, "unsentCount"),
    oldestUnsentSeconds: e.nullable("oldestUnsentSeconds", oe),
    ackedSeq: oe(e, "ackedSeq"),
    headSeq: oe(e, "headSeq"),
    disk: e.word("disk", mr),
    printerCode: O(e, "printerCode"),
    printerName: O(e, "printerName"),
    isPaperLow: e.flag("isPaperLow"),
    clockFlag: e.word("clockFlag", _r),
    isSafeToSwap: e.flag("isSafeToSwap"),
    lockedClerks: e.clerkIds("lockedClerks", xe),
    readerDays: e.list("readerDays", xe, No),
  };
}
function Hs(e) {
  return {
    printer: e.nullable("printer", (n, t) => Ns(n.object(t))),
    models: e.values("models", xe, Io),
    serialPaths: e.values("serialPaths", xe, Io),
  };
}
var yt = [
  "sell",
  "open_price",
  "void",
  "blind_return",
  "reprint",
  "refund",
  "drawer",
  "shift",
  "stock",
  "approve",
  "training",
  "discount",
];
var zs = ["discount", "coupon", "fee", "tax", "tip", "rounding"],
  Gs = ["list", "price", "promotion", "fee", "tax", "rounding", "tip", "line", "total"];
function Do(e) {
  return {
    rows: e.list("rows", U, (n) => ({
      kind: n.word("kind", zs),
      name: n.text("name", ie),
      amountMinor: n.integer("amountMinor"),
      adjustment: n.nullable("adjustment", (t, o) => t.eventId(o)),
    })),
    lines: e.list("lines", U, Xs),
    version: e.nullable("version", (n, t) => n.integer(t)),
    tipPresets: e.list("tipPresets", U, (n) => ({
      ratePpm: n.integer("ratePpm"),
      amountMinor: n.integer("amountMinor"),
    })),
    canRound: e.flag("canRound"),
    isRounded: e.flag("isRounded"),
  };
}
function Xs(e) {
  return {
    line: e.eventId("line"),
    paidMinor: e.integer("paidMinor"),
    steps: e.list("steps", U, (n) => ({
      kind: n.word("kind", Gs),
      name: n.text("name", ie),
      stageNumber: n.nullable("stageNumber", (t, o) => t.integer(o)),
      amountMinor: n.integer("amountMinor"),
    })),
  };
}
var $o = [
  "requested",
  "approved",
  "unknown",
  "orphaned",
  "captured",
  "accepted_offline",
  "declined",
  "declined_later",
  "reversed",
];
var qs = ["down", "connecting", "ready", "busy", "needs_attention"],
  Ks = ["connecting", "present_card", "enter_pin", "processing", "remove_card", "other"];
function Vo(e) {
  return { readers: e.list("readers", U, js), tenders: e.list("tenders", U, Zs) };
}
function ye(e, n) {
  return e.text(n, ie);
}
function js(e) {
  return {
    name: ye(e, "name"),
    link: e.word("link", qs),
    model: ye(e, "model"),
    serial: ye(e, "serial"),
    sentence: ye(e, "sentence"),
  };
}
function Zs(e) {
  return {
    tender: e.eventId("tender"),
    order: e.eventId("order"),
    label: ye(e, "label"),
    isCurrent: e.flag("isCurrent"),
    reader: ye(e, "reader"),
    kind: e.word("kind", ["pay", "refund", "reverse"]),
    amountMinor: e.integer("amountMinor"),
    status: e.word("status", $o),
    isManual: e.flag("isManual"),
    isOverridden: e.flag("isOverridden"),
    card: ye(e, "card"),
    sentence: ye(e, "sentence"),
    text: ye(e, "text"),
    isAtReader: e.flag("isAtReader"),
    prompt: e.nullable("prompt", (n, t) => Ys(n.object(t))),
    orphan: e.nullable("orphan", (n, t) => Js(n.object(t))),
  };
}
function Ys(e) {
  return { step: e.word("step", Ks), text: ye(e, "text"), canCancel: e.flag("canCancel") };
}
function Js(e) {
  return { orphan: e.eventId("orphan"), amountMinor: e.integer("amountMinor"), currency: ye(e, "currency") };
}
var gt = ["en", "zh"];
function Wo(e) {
  return Ro(e, nl);
}
var Qs = ["welcome", "view", "orders", "panel", "answer", "scanned", "fault"],
  el = [
    "wire/not_json",
    "wire/not_an_object",
    "wire/unknown_kind",
    "wire/unknown_command",
    "wire/unknown_field",
    "wire/wrong_field",
    "wire/hello_missing",
    "wire/too_many_messages",
  ],
  Bo = ["none", "unknown", "ready", "unreachable", "paper_out", "cover_open", "fault"];
function nl(e) {
  let n = xo(e, "kind", Qs, "wire/unknown_kind");
  switch (n) {
    case "welcome":
      return { kind: n, welcome: al(e.object("welcome")) };
    case "view":
      return { kind: n, ...tl(e) };
    case "orders":
      return { kind: n, orders: e.list("orders", U, pl) };
    case "panel":
      return { kind: n, ...Po(e) };
    case "answer":
      return { kind: n, n: e.whole("n", 1, Number.MAX_SAFE_INTEGER), refusal: Fo(e) };
    case "scanned":
      return { kind: n, n: de(e, "n"), scan: Ao(e.object("scan")), refusal: Fo(e) };
    case "fault":
      return { kind: n, code: e.word("code", el), sentence: A(e, "sentence") };
  }
}
function tl(e) {
  return {
    ...(e.has("clerk") ? { clerk: A(e, "clerk") === "" ? "" : e.clerkId("clerk") } : {}),
    ...(e.has("order") ? { order: e.nullable("order", (n, t) => ll(n.object(t))) } : {}),
    ...(e.has("last") ? { last: e.nullable("last", (n, t) => cl(n.object(t))) } : {}),
    ...(e.has("status") ? { status: ul(e.object("status")) } : {}),
    ...(e.has("cards") ? { cards: Vo(e.object("cards")) } : {}),
    ...(e.has("scale") ? { scale: e.nullable("scale", (n, t) => ol(n.object(t))) } : {}),
    ...(e.has("availability")
      ? {
          availability: e.list("availability", U, (n) => ({
            sku: A(n, "sku"),
            isSoldOut: n.flag("isSoldOut"),
          })),
        }
      : {}),
  };
}
var rl = ["stable", "motion", "over", "under_zero", "outside_zero", "empty", "down"];
function ol(e) {
  return { state: e.word("state", rl), weightGrams: de(e, "weightGrams"), isNet: e.flag("isNet") };
}
function Fo(e) {
  return e.nullable("refusal", (n, t) => {
    let o = n.object(t);
    return {
      code: A(o, "code"),
      sentence: A(o, "sentence"),
      right: o.nullable("right", (a, i) => a.word(i, yt)),
      waitSeconds: o.nullable("waitSeconds", de),
      triesLeft: o.nullable("triesLeft", de),
    };
  });
}
function A(e, n) {
  return e.text(n, ie);
}
function de(e, n) {
  return e.whole(n, 0, Number.MAX_SAFE_INTEGER);
}
function al(e) {
  return {
    shopName: A(e, "shopName"),
    terminal: A(e, "terminal"),
    currency: A(e, "currency"),
    exponent: e.whole("exponent", 0, 4),
    language: e.word("language", gt),
    isTraining: e.flag("isTraining"),
    needsShift: e.flag("needsShift"),
    armsReader: e.flag("armsReader"),
    drawers: e.drawerIds("drawers", U),
    denominationsMinor: e.wholes("denominationsMinor", U),
    cashRounding: e.nullable("cashRounding", (n, t) => {
      let o = n.object(t);
      return {
        incrementMinor: o.whole("incrementMinor", 1, Number.MAX_SAFE_INTEGER),
        tie: o.word("tie", ["up", "down"]),
      };
    }),
    staff: e.list("staff", U, il),
    categories: e.list("categories", U, (n) => ({
      id: A(n, "id"),
      nameEn: A(n, "nameEn"),
      nameZh: A(n, "nameZh"),
    })),
    items: e.list("items", U, sl),
  };
}
function il(e) {
  return {
    clerk: e.clerkId("clerk"),
    name: A(e, "name"),
    hasPin: e.flag("hasPin"),
    rights: e.values("rights", yt.length, (n) => yt.find((t) => t === n) ?? null),
  };
}
function sl(e) {
  return {
    sku: A(e, "sku"),
    category: A(e, "category"),
    nameEn: A(e, "nameEn"),
    nameZh: A(e, "nameZh"),
    priceMinor: de(e, "priceMinor"),
    isSoldOut: e.flag("isSoldOut"),
    isByWeight: e.flag("isByWeight"),
  };
}
function ll(e) {
  return {
    order: e.eventId("order"),
    kind: e.word("kind", _t),
    phase: e.word("phase", ["open", "frozen"]),
    check: e.nullable("check", (n, t) => n.eventId(t)),
    label: A(e, "label"),
    note: A(e, "note"),
    canUndo: e.flag("canUndo"),
    lines: e.list("lines", U, dl),
    itemCount: de(e, "itemCount"),
    totalMinor: e.integer("totalMinor"),
    takenMinor: e.integer("takenMinor"),
    leftMinor: e.integer("leftMinor"),
    cashLeftMinor: e.integer("cashLeftMinor"),
    pricing: e.nullable("pricing", (n, t) => Do(n.object(t))),
  };
}
function dl(e) {
  return {
    line: e.eventId("line"),
    sku: A(e, "sku"),
    name: A(e, "name"),
    quantityMilli: de(e, "quantityMilli"),
    unitPriceMinor: de(e, "unitPriceMinor"),
    amountMinor: de(e, "amountMinor"),
    note: A(e, "note"),
  };
}
function cl(e) {
  return {
    order: e.eventId("order"),
    receipt: A(e, "receipt"),
    totalMinor: e.integer("totalMinor"),
    handedMinor: e.integer("handedMinor"),
    changeMinor: e.integer("changeMinor"),
    print: e.word("print", mt),
    printCode: A(e, "printCode"),
    printer: e.word("printer", Bo),
  };
}
function ul(e) {
  return {
    timeText: A(e, "timeText"),
    link: e.word("link", ["up", "down", "none"]),
    light: e.word("light", ["red", "amber", "green"]),
    unsentCount: de(e, "unsentCount"),
    unsentSalesCount: de(e, "unsentSalesCount"),
    printer: e.word("printer", Bo),
    isPaperLow: e.flag("isPaperLow"),
    disk: e.word("disk", mr),
    isTraining: e.flag("isTraining"),
    clockFlag: e.word("clockFlag", _r),
    parkedCount: de(e, "parkedCount"),
    shift: e.nullable("shift", (n, t) => {
      let o = n.object(t);
      return { shift: o.eventId("shift"), drawer: o.drawerId("drawer") };
    }),
  };
}
function pl(e) {
  return {
    order: e.eventId("order"),
    kind: e.word("kind", _t),
    timeText: A(e, "timeText"),
    phase: e.word("phase", hr),
    isParked: e.flag("isParked"),
    label: A(e, "label"),
    receipt: A(e, "receipt"),
    totalMinor: e.integer("totalMinor"),
    itemCount: de(e, "itemCount"),
    isReturned: e.flag("isReturned"),
    markCount: de(e, "markCount"),
    isStored: e.flag("isStored"),
    isUnsent: e.flag("isUnsent"),
    print: e.word("print", mt),
  };
}
var Uo = 200,
  fl = 4e3,
  vt = class {
    #e;
    #n;
    #r = new ut();
    #i = hl();
    #t = null;
    #o;
    #l = { panel: "none" };
    #s = Uo;
    constructor(n, t, o) {
      ((this.#e = n), (this.#o = t), (this.#n = o), this.#d());
    }
    ask(n) {
      let t = this.#r.add(n);
      return t === null ? !1 : (this.#n.onPending(this.#r.count), this.#a(t), !0);
    }
    speak(n) {
      ((this.#o = n), this.#c());
    }
    open(n) {
      ((this.#l = n), this.#a({ kind: "open", panel: n }));
    }
    #d() {
      let n = new WebSocket(this.#e);
      ((this.#t = n),
        n.addEventListener("open", () => {
          ((this.#s = Uo), this.#c(), this.#l.panel !== "none" && this.#a({ kind: "open", panel: this.#l }));
          for (let t of this.#r.messages) this.#a(t);
          this.#n.onConnected(!0);
        }),
        n.addEventListener("message", (t) => this.#p(t.data)),
        n.addEventListener("close", () => {
          this.#t === n &&
            ((this.#t = null),
            this.#u(),
            this.#n.onConnected(!1),
            setTimeout(() => this.#d(), this.#s),
            (this.#s = Math.min(this.#s * 2, fl)));
        }));
    }
    #u() {
      for (let n of this.#r.drop()) this.#n.onGivenUp(n);
      this.#n.onPending(this.#r.count);
    }
    #c() {
      this.#a({ kind: "hello", view: this.#i, language: this.#o });
    }
    #a(n) {
      this.#t?.readyState === WebSocket.OPEN && this.#t.send(JSON.stringify(n));
    }
    #p(n) {
      let t = Wo(typeof n == "string" ? n : "");
      if (!t.ok) {
        this.#n.onUnreadable(`${t.code} ${t.field}`.trim());
        return;
      }
      let o = t.value;
      if (o.kind !== "answer" && (o.kind !== "scanned" || o.n === 0)) {
        this.#n.onMessage(o);
        return;
      }
      let a = this.#r.settle(o.n);
      (this.#n.onPending(this.#r.count), a !== null && this.#n.onAnswer(a, o));
    }
  };
function hl() {
  let [e = 0, n = 0] = crypto.getRandomValues(new Uint32Array(2));
  return Math.max(1, (e & 65535) * 2 ** 32 + n) % (Yr + 1);
}
var Ho = { sentence: "", triesLeft: null, shakeCount: 0, waitsUntilMs: 0, isLocked: !1 },
  Be = w(""),
  hn = w(Ho),
  mn = w(performance.now());
function zo(e) {
  let n = Be.value;
  e === "back" ? (Be.value = n.slice(0, -1)) : n.length < jr && (Be.value = n + e);
}
function Go() {
  let e = Be.value;
  return ((Be.value = ""), e);
}
function Je() {
  ((Be.value = ""), (hn.value = Ho));
}
var ml = new Set(["clerk/pin_wrong", "clerk/pin_wait", "clerk/locked"]);
function Xo(e) {
  return ml.has(e.code)
    ? ((mn.value = performance.now()),
      (hn.value = {
        sentence: e.sentence,
        triesLeft: e.triesLeft,
        shakeCount: hn.value.shakeCount + 1,
        waitsUntilMs: e.waitSeconds === null ? 0 : mn.value + e.waitSeconds * 1e3,
        isLocked: e.code === "clerk/locked",
      }),
      qo(),
      !0)
    : !1;
}
function qo() {
  if (hn.value.waitsUntilMs <= performance.now()) {
    mn.value = performance.now();
    return;
  }
  ((mn.value = performance.now()), setTimeout(qo, 500));
}
var xt = {};
qi(xt, {
  approvers: () => Bn,
  armedCard: () => ze,
  availability: () => St,
  cards: () => X,
  category: () => Vn,
  clerk: () => D,
  clerkName: () => pe,
  countBySku: () => kr,
  currencyFormat: () => nn,
  detail: () => ge,
  done: () => J,
  healthPanel: () => ke,
  initialOf: () => Wn,
  isConnected: () => Oe,
  isLeaving: () => $n,
  isPseudo: () => Fn,
  isSettled: () => g,
  isSoldOut: () => Mt,
  itemName: () => ae,
  language: () => Ge,
  last: () => ce,
  liveCard: () => yn,
  money: () => p,
  nameOf: () => tn,
  order: () => k,
  orderFilter: () => Qe,
  orders: () => An,
  panelWanted: () => vr,
  pendingCount: () => Tt,
  room: () => gn,
  roomWanted: () => ve,
  said: () => W,
  scale: () => Pn,
  settingsPanel: () => Dn,
  sheet: () => F,
  shiftPanel: () => Ne,
  signedOn: () => Ct,
  status: () => ue,
  stockPanel: () => Ln,
  toast: () => en,
  welcome: () => I,
  words: () => d,
});
var yl = new Map([
  ["CNY", "¥"],
  ["JPY", "¥"],
  ["GBP", "£"],
  ["EUR", "€"],
  ["USD", "$"],
  ["HKD", "HK$"],
  ["KRW", "₩"],
  ["INR", "₹"],
]);
function Ko(e, n) {
  return { sign: yl.get(e) ?? `${e} `, exponent: n };
}
function gr(e, n) {
  let t = In(L(Math.abs(e)), n.exponent),
    [o = "0", a] = t.split("."),
    i = o.replace(/\B(?=(\d{3})+$)/g, ","),
    s = n.sign + (a === void 0 ? i : `${i}.${a}`);
  return e < 0 ? `-${s}` : s;
}
function kt(e, n) {
  let t = gr(e, n);
  return e % 10 ** n.exponent === 0 ? t.replace(/\.0+$/, "") : t;
}
function _n(e, n) {
  if (n === "back") return Math.floor(e / 10);
  let t = e * 10 ** n.length + Number(n);
  return t > 1e12 ? e : t;
}
var gl = new Map([
    ["CNY", [5, 10, 20, 50, 100]],
    ["GBP", [5, 10, 20, 50]],
    ["EUR", [5, 10, 20, 50, 100]],
    ["USD", [5, 10, 20, 50, 100]],
    ["HKD", [10, 20, 50, 100, 500]],
    ["JPY", [1e3, 2e3, 5e3, 1e4]],
  ]),
  vl = [5, 10, 20, 50, 100],
  kl = 2,
  bl = 4;
function jo(e, n, t) {
  if (e <= 0) return [];
  let o = 10 ** t,
    a = new Set([e]);
  for (let i of gl.get(n) ?? wl(Math.floor(e / o))) {
    let s = i * o;
    a.add(Math.ceil(e / s) * s);
  }
  return [...a].sort((i, s) => i - s).slice(0, bl);
}
function wl(e) {
  let n = Math.max(0, String(e).length - kl);
  return vl.map((t) => t * 10 ** n);
}
function Ue(e) {
  return e === "" ? "" : ` (${e})`;
}
var Zo = {
  readerDayTitle: "Reader's end of day",
  readerDayLast: (e) => `Last end of day: ${e}`,
  readerDayShow: (e) =>
    e === 0 ? "Show it: all agrees" : e === 1 ? "Show its 1 case" : `Show its ${e} cases`,
  readerDayNone: "There is no end of day of this reader yet.",
  readerDayAgrees: "Reader and journal agree: every card is accounted for.",
  readerDayDiffers: "Reader and journal differ. Sales are safe; each difference has a name below.",
  readerDayNothing: "Neither reader nor journal has any card.",
  dayBrand: "Card",
  dayAtReader: "Reader",
  dayInJournal: "Journal",
  dayOther: "Other",
  dayCase_reader_more: (e, n) =>
    `The reader has ${e} more than the journal${Ue(n)}. Nothing was lost here. Ask the acquirer which payment it is.`,
  dayCase_journal_more: (e, n) =>
    `The journal has ${e} that the reader lacks${Ue(n)}. The sale is recorded; its money may be missing. Ask the acquirer.`,
  dayCase_count_differs: (e, n) =>
    `The sums agree, the number of payments does not${Ue(n)}. No money is missing. Compare the slips.`,
  dayCase_unknown: (e, n) =>
    `Nobody knows yet whether ${e} was charged${Ue(n)}. Do not charge again. Check it, or call a manager.`,
  dayCase_orphan: (e, n) =>
    `The reader moved ${e} that nobody asked for${Ue(n)}. It is in no sale. Have it given back.`,
  dayCase_judged_charged: (e, n) =>
    `A manager said that ${e} was charged${Ue(n)}, the reader lacks it. The sale is recorded. Ask the acquirer.`,
  dayCase_judged_not_charged: (e, n) =>
    `A manager said that ${e} was not charged${Ue(n)}, the reader has it. The guest may have paid twice. Give it back.`,
  dayCase_offline: (e, n) =>
    `${e} was taken without the bank${Ue(n)}, and the reader lacks it. The sale is recorded. Wait for it, or ask the acquirer.`,
  cardPaidNoCash: "The card was faster: it is paid by card. The cash was not taken. Give it back.",
  cardUnknownNoCash:
    "Nobody knows yet whether the card was charged. The cash was not taken. Check the card before anything else.",
  cardEnding: "Ending the card first",
  dayOrder: "Open the order",
  dayIsAtReader: "The reader's totals have it.",
  dayIsNotAtReader: "The reader's totals do not show it.",
};
function Re(e, n, t) {
  return `${e} ${e === 1 ? n : t}`;
}
var En = {
  ...Zo,
  languageName: "English",
  back: "Back",
  close: "Close",
  understood: "OK",
  more: "More",
  search: "Search",
  orders: "Orders",
  whoSells: "Who is selling?",
  whoSellsHint: "Tap your name to begin.",
  switchClerk: "Switch clerk",
  otherLanguage: "中文",
  allItems: "All",
  soldOut: "Sold out",
  perKilogram: (e) => `${e}/kg`,
  kilograms: (e) => `${e} kg`,
  scale_motion: "Scale is moving",
  scale_over: "Too heavy",
  scale_under_zero: "Below zero",
  scale_outside_zero: "Zero the scale",
  scale_down: "Scale does not answer",
  scaleNet: "net",
  scaleZero: "Zero",
  scaleTare: "Tare",
  scaleClearTare: "No tare",
  searchPlaceholder: "Name or code",
  searchNothing: "Nothing found. Check the spelling, or look in the categories.",
  searchBegin: "Type part of a name, in English or Chinese, or a code.",
  moreBySearch: "There are more items here. Use search to find them.",
  cartEmpty: "Tap an item to begin",
  cart: "Order",
  openCart: "Show the whole order",
  undoLast: "Undo the last change",
  total: "Total",
  items: (e) => Re(e, "item", "items"),
  onePlus: (e) => `One more ${e}`,
  oneMinus: (e) => `One ${e} less`,
  remove: "Remove",
  removeLine: (e) => `Remove ${e}`,
  note: "Note",
  noteFor: (e) => `Note for ${e}`,
  notePlaceholder: "For example: no sugar",
  saveNote: "Save the note",
  each: (e) => `${e} each`,
  pay: "Pay",
  cashExact: "Cash exact",
  payOut: "Pay out",
  closeFree: "Close, nothing to pay",
  cardPay: "Card",
  cardTitle: "Card payment",
  cardBackTitle: "Back to the card",
  cardStep_connecting: "Waking the reader",
  cardStep_present_card: "Tap or insert the card",
  cardStep_enter_pin: "Enter the PIN at the reader",
  cardStep_processing: "Checking the result",
  cardStep_remove_card: "Take the card out",
  cardStep_other: "Look at the reader",
  cardCancel: "Cancel at the reader",
  cardNoCancel: "No way back now: wait",
  cardUnknown: "Result unknown: do not charge again",
  cardOrphan: "The reader moved other money",
  cardCheck: "Check now",
  cardNext: "Next customer",
  cardManager: "Call manager",
  cardBack: "Give back",
  cardAgain: "Ask the card again",
  cardInCash: "Give it back in cash",
  cardLeftToGiveBack: "Left to give back",
  cardAsked: "Asking the reader",
  cardCaseWhat: "What became of it",
  cardCaseConfirm: "Record it",
  cardCase_charged: "It was charged",
  cardCase_not_charged: "It was not charged",
  cardCase_go_on: "Go on without knowing",
  cardCase_taken_back: "It was taken back",
  cardCase_case_opened: "The bank is asked",
  reason_slipSeen: "The slip says so",
  reason_bankAsked: "The bank was asked",
  reason_guestWaits: "The customer waits",
  healthReader: "Card reader",
  readerDay: "Close the reader's day",
  readerLink_down: "Not connected. Cash is possible.",
  readerLink_connecting: "Connecting.",
  readerLink_ready: "Ready for a card.",
  readerLink_busy: "At work.",
  readerLink_needs_attention: "Needs somebody: look at its display.",
  tenderTitle: "Take payment",
  cashTender: "Cash",
  due: "To pay",
  leftToPay: "Left to pay",
  takenSoFar: (e) => `${e} of it taken`,
  handed: "Handed over",
  exact: "Exact",
  keyAmount: "Tap a note or key in the amount",
  takeWithChange: (e, n) => `Take ${e} · change ${n}`,
  takePart: (e, n) => `Take ${e} · ${n} left`,
  takeExact: (e) => `Take ${e}`,
  deleteDigit: "Delete the last digit",
  paid: (e) => `Paid ${e}`,
  paidOut: (e) => `Paid out ${e}`,
  change: "Change",
  noChange: "No change",
  received: (e) => `Received ${e}`,
  lastSale: (e) => `Last sale ${e}`,
  changeWas: (e) => `change ${e}`,
  nextSale: "Next sale",
  reprint: "Reprint",
  reprintLast: "Reprint last receipt",
  reprintOf: (e) => `Reprint ${e}`,
  copyAsked: "The copy is on its way to the printer.",
  print_none: "No receipt",
  print_pending: "Printing…",
  print_printed: "Receipt printed",
  print_failed: "Receipt not printed",
  print_unknown: "Receipt not confirmed",
  todaysOrders: "Today's orders",
  noOrders: "No orders today yet.",
  phase_open: "Open",
  phase_frozen: "Being paid",
  phase_closed: "Paid",
  phase_refunded: "Paid out",
  phase_voided: "Void",
  notStored: "Not stored",
  notSent: "Not sent",
  light_red: "Saving",
  light_amber: "Saved here",
  light_green: "At HQ",
  disk_full: "Storage full",
  disk_failed: "Storage failed",
  disk_damaged: "Storage damaged",
  link_up: "Online",
  link_down: "Offline",
  link_none: "No HQ",
  printer_none: "None",
  printer_unknown: "Not tried",
  printer_ready: "Ready",
  printer_unreachable: "Off",
  printer_paper_out: "Paper",
  printer_cover_open: "Cover",
  printer_paper_low: "Paper low",
  printer_fault: "Fault",
  unsent: (e) => `${Re(e, "record", "records")} not sent`,
  openHealth: "Is everything safe?",
  health: "Is everything safe?",
  healthRecords: "Records",
  healthLink: "Headquarters",
  healthPrinter: "Printer",
  healthDisk: "Storage",
  healthLight_red:
    "The newest change is being written to disk. Money is only shown as paid once it is there.",
  healthLight_amber:
    "Everything is stored on this terminal. Headquarters does not have all of it yet; it is sent by itself.",
  healthLight_green: "Everything is stored on this terminal and at headquarters.",
  healthUnsent: (e, n) =>
    e === 0
      ? "Nothing is waiting to be sent."
      : `${Re(e, "record", "records")} waiting to be sent, ${Re(n, "sale", "sales")} among them.`,
  healthLink_up: "Connected to headquarters.",
  healthLink_none: "This terminal works without headquarters. All is kept here.",
  healthPrinter_none: "No printer is set up. Sales are stored as always.",
  healthPrinter_unknown: "A printer is set up; nothing was printed since the start.",
  healthPrinter_ready: "The printer is ready.",
  healthDisk_ok: "The storage works.",
  notPrintedTitle: "Receipt not printed",
  refusedTitle: "That did not go through",
  reconnecting: "Reconnecting… orders are safe",
  connecting: "Starting the screen…",
  notOursTitle: "The screen and the runtime differ",
  reload: "Reload",
  pinFor: (e) => `PIN of ${e}`,
  pinDigits: (e) => Re(e, "digit", "digits"),
  pinOk: "OK",
  pinTriesLeft: (e) => `${Re(e, "try", "tries")} left.`,
  pinWait: (e) => `Wait ${e}`,
  locked: "Locked",
  hasPin: "PIN",
  lineOf: "Change",
  quantity: "Quantity",
  noteNoSugar: "No sugar",
  noteNoIce: "No ice",
  noteHot: "Hot",
  noteToGo: "To go",
  noteGift: "As a gift",
  park: "Park",
  parkOrder: "Park this order",
  parkLabel: "Name or table, if you like",
  parkedCount: (e) => `Parked ${e}`,
  parkedToast: "Parked. The order waits in the list.",
  recall: "Go on with it",
  cancelOrder: "Cancel the order",
  cancelConfirm: "Cancel it",
  reason: "Reason",
  reasonOwn: "Another reason",
  reasonOwnHint: "In a few words",
  reasonChoose: "Choose a reason",
  reason_mistake: "Wrong entry",
  reason_left: "Customer left",
  reason_test: "Test",
  reason_damaged: "Damaged",
  reason_unwanted: "Changed mind",
  reason_wrongItem: "Wrong item",
  reason_late: "Too late",
  reason_change: "Small change",
  reason_bank: "To the bank",
  reason_safe: "To the safe",
  reason_supplies: "Supplies",
  reason_delivery: "Delivery paid",
  reason_check: "Check the drawer",
  reason_help: "Change for a customer",
  reason_counted: "Counted twice, still off",
  reason_wrongChange: "Wrong change given",
  priceTitle: "Price and tip",
  discount: "Discount",
  discountOrder: "Discount on the order",
  discountFor: (e) => `Discount on ${e}`,
  discountGive: (e) => `Give ${e}`,
  coupon: "Coupon code",
  memberTier: "Member's tier",
  guests: "Guests",
  enter: "Enter",
  noTip: "No tip",
  roundOrder: "Round off",
  roundBack: "Do not round",
  takeBack: (e) => `Take back ${e}`,
  whyThisPrice: "Why this price",
  byRules: (e) => (e === 0 ? "By this terminal's rules" : `By rules ${e}`),
  price_discount: "Discount",
  price_coupon: "Coupon",
  price_fee: "Fee",
  price_tax: "Tax",
  price_tip: "Tip",
  price_rounding: "Rounded off",
  price_list: "List price",
  price_price: "Price instead",
  price_line: "Line",
  price_total: "Total",
  reason_regular: "Regular customer",
  reason_priceSeen: "Price on the shelf",
  reason_waited: "Had to wait",
  filter_all: "All",
  filter_open: "Open",
  filter_paid: "Paid",
  filter_returned: "Returns",
  filter_unsent: "Not sent",
  filter_parked: "Parked",
  filters: "Which orders",
  searchOrders: "Number or amount",
  noOrdersLike: "No order of today looks like this.",
  parkedBadge: "Parked",
  marksBadge: (e) => Re(e, "remark", "remarks"),
  orderTitle: "Order",
  returnTitle: "Return",
  soldBy: (e) => `by ${e}`,
  linesTitle: "Items",
  historyTitle: "What happened",
  marksTitle: "Look at this",
  storedHere: "Stored",
  storedNot: "Not stored yet",
  sentHq: "At HQ",
  sentNot: "Not at HQ yet",
  copies: (e) => Re(e, "copy", "copies"),
  returnedSome: (e) => `${e} came back`,
  returnedAll: "All came back",
  returnOfReceipt: (e) => `Return of ${e}`,
  rounding: "Rounding",
  printCopy: "Print a copy",
  refund: "Refund",
  goOn: "Go on with it",
  refundTitle: (e) => `Refund ${e}`,
  refundNothing: "Nothing is left to refund",
  refundPay: (e) => `Pay back ${e}`,
  refundOf: (e, n) => `${e} of ${n}`,
  refundAmount: "Cash to give back",
  shift: "Shift",
  shiftNone: "No shift is open.",
  shiftNoneHint: "Open one with the money that is in the drawer.",
  shiftOpen: "Open a shift",
  shiftOpenFor: (e) => `Open drawer ${e}`,
  drawer: (e) => `Drawer ${e}`,
  openedAt: (e) => `Open since ${e}`,
  businessDate: "Business day",
  float: "Float",
  sales: "Sales",
  returns: "Returns",
  noSales: "Opened without a sale",
  reportX: "Print X",
  payIn: "Pay in",
  payOutCash: "Pay out",
  drop: "To the safe",
  noSale: "Open drawer",
  countDrawer: "Count the drawer",
  countAgain: "Count again",
  counted: "Counted",
  expected: "Expected",
  difference: "Difference",
  differenceNone: "The drawer agrees.",
  differenceWhy: "Why does it differ?",
  closeShift: "Close and print Z",
  countHint: "Count what lies in the drawer. What is expected is shown afterwards.",
  countDone: (e) => `Counted ${e}`,
  countNext: "Next",
  pieces: (e) => `× ${e}`,
  closedShifts: "Closed shifts",
  zNumber: (e) => `Z ${e}`,
  printZ: (e) => `Print Z ${e} again`,
  xAsked: "The X is on its way to the printer.",
  zAsked: "The Z is on its way to the printer.",
  drawerAsked: "The drawer opens.",
  moved: "Written down.",
  shiftOther: "Another terminal opened it: count and close it there.",
  amount: "Amount",
  joinShift: (e, n) => `Use drawer ${e} of ${n}`,
  stock: "Stock",
  stockSearch: "Item or code",
  onSale: "On sale",
  alerts: "Running low",
  alertLevel: (e, n) => `${e} left of ${n}`,
  healthTerminal: "This terminal",
  healthSwap: "Swap this device",
  healthSwapYes: "Safe to swap: headquarters has everything.",
  healthSwapNo: (e) => `Not yet: ${Re(e, "record", "records")} exist only here. Wait until they are sent.`,
  healthSwapAlone: "Not safe: this terminal has no headquarters, so everything exists only here.",
  healthOldest: (e) => `The oldest has waited ${e}.`,
  healthClock: "Clock",
  healthClockOk: "The clock is plausible.",
  trustClock: "The clock is right now",
  lockedClerks: "Locked names",
  unlock: (e) => `Unlock ${e}`,
  seconds: (e) => `${e} s`,
  minutes: (e) => `${e} min`,
  hours: (e) => `${e} h`,
  settings: "Settings",
  language: "Language",
  hand: "Which hand",
  hand_right: "Right hand",
  hand_left: "Left hand",
  brightness: "Brightness",
  darker: "Darker",
  brighter: "Brighter",
  printer: "Printer",
  printerPaired: (e, n) => `${e} · ${n}`,
  printerNone: "No printer is set up.",
  printerTcp: "Network",
  printerSerial: "Cable",
  printerHost: "Address",
  printerPort: "Port",
  printerPath: "Connector",
  printerBaud: "Speed",
  printerModel: "Model",
  printerSave: "Use this printer",
  printerTest: "Print a test",
  testAsked: "The test is on its way to the printer.",
  paired: "The printer is set up.",
  noSerial: "No cable connector was found on this device.",
  training: "Training",
  trainingEnter: "Begin training",
  trainingLeave: "Leave training",
  trainingSign: "TRAINING",
  approvalTitle: "Somebody else has to agree",
  approvalWho: "Who agrees?",
  right_sell: "Sell",
  right_open_price: "Sell at another price",
  right_void: "Cancel an order",
  right_blind_return: "Return without a receipt",
  right_reprint: "Print a copy",
  right_refund: "Refund",
  right_drawer: "Move cash or open the drawer",
  right_shift: "Open, count or close a shift",
  right_stock: "Take an item off sale",
  right_approve: "Manage this terminal",
  right_training: "Training",
  right_discount: "Give discounts",
  event_order_opened: "Order opened",
  event_line_added: "Added",
  event_units_added: "More added",
  event_units_removed: "Taken off",
  event_note_set: "Note",
  event_order_parked: "Parked",
  event_order_recalled: "Taken up again",
  event_edit_undone: "Taken back",
  event_return_linked: "Return against",
  event_units_returned: "Came back",
  event_order_voided: "Cancelled",
  event_check_frozen: "Payment begun",
  event_check_thawed: "Back to the order",
  event_tender_captured: "Money taken",
  event_tender_requested: "Card asked for",
  event_tender_approved: "Card approved",
  event_tender_declined: "Card declined",
  event_tender_doubted: "Result unknown",
  event_tender_reversed: "Taken back by the reader",
  event_tender_overridden: "Went on without knowing",
  event_tender_judged: "Decided by a person",
  event_orphan_found: "Reader moved other money",
  event_orphan_settled: "Other money settled",
  event_slip_received: "Slip",
  event_tender_forwarded: "Offline card sent on",
  event_cash_rounded: "Rounded",
  event_discount_given: "Discount given",
  event_coupon_entered: "Coupon",
  event_adjustment_withdrawn: "Discount taken back",
  event_tip_set: "Tip",
  event_guests_set: "Guests",
  event_tier_set: "Member",
  event_tax_treatment_set: "Tax",
  event_order_rounding_set: "Order rounded",
  event_check_closed: "Closed",
  event_receipt_copied: "Copy printed",
  event_print_finished: "Printer answered",
  event_override_granted: "Agreed to",
  event_other: "Recorded",
};
var Sl = {
    "mark/added_after_freeze": {
      en: "An item was added while the order was being paid. The paid amount stands. Take money for the item in a new order.",
      zh: "收款过程中另有商品加入。已收金额不变。请为该商品另开一单收款。",
    },
    "mark/added_after_void": {
      en: "An item was added after the order was cancelled. Nothing was charged for it. Sell it again if it was handed over.",
      zh: "订单作废后又有商品加入。未对其收款。如已交付顾客，请重新销售。",
    },
    "mark/removed_after_freeze": {
      en: "An item was taken off while the order was being paid. The paid amount stands. Refund the item against the receipt.",
      zh: "收款过程中有商品被删除。已收金额不变。如需退款，请凭小票办理。",
    },
    "mark/removed_more_than_held": {
      en: "Two terminals took the same item off. The order counts it once. Look at the lines before you go on.",
      zh: "两台终端删除了同一商品。订单只计一次。请核对商品行后再继续。",
    },
    "mark/held_twice": {
      en: "Two terminals began to take money for this order. What was taken is recorded. Compare both receipts with the customer.",
      zh: "两台终端同时对此订单收款。已收款项均有记录。请与顾客核对两张小票。",
    },
    "mark/closed_twice": {
      en: "This order was paid on two terminals. Both receipts are recorded. Give one of the two amounts back.",
      zh: "此订单在两台终端上重复收款。两张小票均已记录。请退还其中一笔。",
    },
    "mark/overpaid": {
      en: "More was taken than was due. All of it is recorded. Give the rest back to the customer.",
      zh: "收款多于应收金额。全部款项均有记录。请将多收部分退还顾客。",
    },
    "mark/thaw_ignored": {
      en: "Going back from the payment came too late. The money is recorded. Refund against the receipt if it has to come back.",
      zh: "返回修改时收款已完成。款项已记录。如需退还，请凭小票退款。",
    },
    "mark/order_unknown": {
      en: "A part of this order has not arrived yet. What is shown is stored. Wait for the link to headquarters, then look again.",
      zh: "此订单的部分内容尚未到达。已显示的内容均已保存。请待总部连接恢复后再查看。",
    },
    "mark/line_unknown": {
      en: "A line of this order has not arrived yet. What is shown is stored. Wait for the link to headquarters, then look again.",
      zh: "此订单的某一行尚未到达。已显示的内容均已保存。请待总部连接恢复后再查看。",
    },
    "mark/check_unknown": {
      en: "A receipt of this order has not arrived yet. What is shown is stored. Wait for the link to headquarters, then look again.",
      zh: "此订单的一张小票尚未到达。已显示的内容均已保存。请待总部连接恢复后再查看。",
    },
    "mark/receipt_not_confirmed": {
      en: "The printer did not confirm this receipt. The sale is stored. Print a copy if the customer has none.",
      zh: "打印机未确认此小票。销售已保存。如顾客没有小票，请补打。",
    },
    "mark/receipt_marked": {
      en: "The receipt was printed with a mark, because the printer stopped in the middle. The sale is stored once. Hand over the marked paper.",
      zh: "打印机中途停止，小票带有标记。销售只记录一次。请将带标记的小票交给顾客。",
    },
    "mark/card_unknown": {
      en: "A card payment is not known yet. It is recorded: do not charge again. Check it now, or call a manager.",
      zh: "有刷卡结果待确认。已记录，请勿重复收款。请立即查询或联系经理。",
    },
    "mark/card_overridden": {
      en: "A second person went on without a card's result. Both are recorded. Compare with the reader's totals.",
      zh: "未确认刷卡结果即继续。均已记录。请与读卡器日结核对。",
    },
    "mark/card_orphan": {
      en: "A reader moved money that this order did not ask for. It is recorded as a case. Call a manager to settle it.",
      zh: "读卡器发生了本单未请求的扣款。已记录为异常。请联系经理处理。",
    },
    "mark/card_declined_later": {
      en: "A card that was taken offline was refused later. The sale is recorded. Tell the manager: its money is owed.",
      zh: "离线刷卡事后被拒。销售已记录。请告知经理追收款项。",
    },
    "mark/returned_twice": {
      en: "The same goods came back at two terminals. Both refunds are recorded. Tell the manager: one of them was too much.",
      zh: "同一商品在两台终端上重复退货。两笔退款均有记录。请告知经理核查。",
    },
  },
  Tl = {
    "printer/unreachable": {
      en: "The printer does not answer. The sale is saved. Check power and cable, then reprint.",
      zh: "打印机无应答。订单已保存。请检查电源和连线后补打。",
    },
    "printer/paper_out": {
      en: "The paper is out. The sale is saved. Load paper, then reprint.",
      zh: "打印机缺纸。订单已保存。请装纸后补打。",
    },
    "printer/cover_open": {
      en: "The printer's cover is open. The sale is saved. Close it, then reprint.",
      zh: "打印机盖未关。订单已保存。请关好后补打。",
    },
    "printer/fault": {
      en: "The printer reports a fault. The sale is saved. Switch it off and on, then reprint.",
      zh: "打印机故障。订单已保存。请重启打印机后补打。",
    },
    "printer/unknown": {
      en: "The printer did not confirm the receipt. The sale is saved. Look at the paper; reprint if it is missing.",
      zh: "打印机未确认小票。订单已保存。请查看纸张，如未打印请补打。",
    },
    "printer/paper_low": {
      en: "The paper is nearly out. Receipts still come out. Have a new roll at hand.",
      zh: "打印纸即将用完。目前仍可打印。请准备新纸卷。",
    },
  },
  Cl = {
    "screen/runtime_gone": {
      en: "The till's program does not answer. Orders that were stored are safe. Wait a moment; if this stays, restart the device.",
      zh: "收银程序没有应答。已保存的订单安全。请稍候；若持续如此，请重启设备。",
    },
    "screen/too_many_taps": {
      en: "Many taps are waiting for an answer. They are kept. Wait a moment, then go on.",
      zh: "有多次点击正在等待确认。它们均已保留。请稍候再继续。",
    },
    "screen/not_ours": {
      en: "The runtime said something that this screen does not know. Orders are safe. Reload the screen.",
      zh: "运行程序发送了本屏幕无法识别的内容。订单安全。请重新打开屏幕。",
    },
    "screen/order_missing": {
      en: "This order is not on this terminal. Nothing was changed. Look for it where it was sold, or at headquarters.",
      zh: "本机没有此订单。未作任何更改。请到原终端或总部查找。",
    },
    "screen/locked": {
      en: "Nobody touched the screen for two minutes. The order is kept. Sign on to go on with it.",
      zh: "屏幕两分钟无人操作。订单已保留。请登录后继续。",
    },
    "scan/payment_code": {
      en: "This is a customer's payment code, not an item. Nothing was charged and the code is not kept. Scan goods here, take cash to pay.",
      zh: "这是顾客的付款码，不是商品。未扣款，付款码未被保存。请在此扫描商品，并收取现金。",
    },
    "scan/cut_off": {
      en: "The scan broke off. The order is unchanged. Scan again.",
      zh: "扫描中断。订单未变。请重新扫描。",
    },
    "scan/too_long": {
      en: "This code is longer than any code that is sold here. The order is unchanged. Scan the code of the item itself.",
      zh: "此条码过长。订单未变。请扫描商品本身的条码。",
    },
    "link/down": {
      en: "There is no link to headquarters. All is kept here, and cash can be taken. Go on selling; it is sent by itself later.",
      zh: "与总部的连接中断。记录均保存在本机，可继续收现金。请继续销售，稍后自动上传。",
    },
    "disk/full": {
      en: "The storage is full. All sales are stored. Finish the open order, then call support.",
      zh: "存储空间已满。所有销售均已保存。请完成当前订单并联系支持。",
    },
    "disk/failed": {
      en: "The storage failed. What is shown as paid is stored. Stop selling here and call support.",
      zh: "存储故障。已显示收款的订单已保存。请停止在本机销售并联系支持。",
    },
    "disk/damaged": {
      en: "A part of the storage was damaged and set aside. What headquarters had is safe; older sales may be missing on this terminal. Selling goes on. Call support today.",
      zh: "部分存储已损坏并已隔离。总部已收到的记录安全；本机可能缺少较早的销售记录。可以继续销售。请今天联系支持。",
    },
    "clock/behind": {
      en: "The clock shows a time before the newest sale. Sales and shifts do not depend on it. Have the clock set right; go on selling.",
      zh: "时钟早于最近一笔销售。销售与班次不受影响。请校准时钟，可继续销售。",
    },
    "clock/before_release": {
      en: "The clock shows a time before this program was made. Sales and shifts do not depend on it. Have the clock set right; go on selling.",
      zh: "时钟早于本程序的发布时间。销售与班次不受影响。请校准时钟，可继续销售。",
    },
    "clock/jumped": {
      en: "The clock has jumped. Sales and shifts do not depend on it. Have the clock set right; go on selling.",
      zh: "时钟发生跳变。销售与班次不受影响。请校准时钟，可继续销售。",
    },
    "shift/unsent": {
      en: "Some records are not at headquarters yet. They are stored here, and a close does not lose them. Close the shift; they are sent by themselves.",
      zh: "部分记录尚未上传总部。它们已保存在本机，交班不会丢失。可以交班，稍后自动上传。",
    },
    "training/on": {
      en: "This is training. Nothing here is a sale, and the drawer stays shut. Leave training in the menu before you serve a customer.",
      zh: "现在是培训模式。此处的操作都不是真实销售，钱箱不会打开。接待顾客前，请在菜单中退出培训。",
    },
  },
  Yo = { ...Sl, ...Tl, ...Cl };
var Ml = "aceinouACEINOU",
  xl = "åçéîñøûÅÇÉÎÑØÛ";
var Jo = " ~lörem~ipsüm~dölör~sit~ämet";
function bt(e) {
  let n = Array.from(e, (a) => xl[Ml.indexOf(a)] ?? a).join(""),
    t = Math.ceil((e.length * 4) / 10),
    o = Jo.repeat(Math.ceil(t / Jo.length)).slice(0, t);
  return `[${n}${o}]`;
}
function Qo(e) {
  return new Proxy(e, {
    get: (n, t) => {
      let o = Reflect.get(n, t);
      return typeof o == "string"
        ? bt(o)
        : typeof o != "function"
          ? o
          : (...a) => bt(String(Reflect.apply(o, void 0, a)));
    },
  });
}
function He(e) {
  return e === "" ? "" : `（${e}）`;
}
var ea = {
  readerDayTitle: "读卡器日结",
  readerDayLast: (e) => `上次日结：${e}`,
  readerDayShow: (e) => (e === 0 ? "查看：全部相符" : `查看 ${e} 项差异`),
  readerDayNone: "此读卡器尚无日结。",
  readerDayAgrees: "读卡器与日志相符：每笔刷卡都有记录。",
  readerDayDiffers: "读卡器与日志不符。销售已保存；差异如下。",
  readerDayNothing: "读卡器和日志均无刷卡。",
  dayBrand: "卡种",
  dayAtReader: "读卡器",
  dayInJournal: "日志",
  dayOther: "其他",
  dayCase_reader_more: (e, n) => `读卡器比日志多 ${e}${He(n)}。本机未丢失记录。请向收单机构查询是哪笔付款。`,
  dayCase_journal_more: (e, n) =>
    `日志有 ${e} 而读卡器没有${He(n)}。销售已记录，款项可能缺失。请向收单机构查询。`,
  dayCase_count_differs: (e, n) => `金额相符，笔数不符${He(n)}。款项不缺。请核对签购单。`,
  dayCase_unknown: (e, n) => `${e} 是否扣款尚不确定${He(n)}。请勿重复收款。请查询或找经理。`,
  dayCase_orphan: (e, n) => `读卡器多收 ${e}，无人请求${He(n)}。不属于任何销售。请办理退回。`,
  dayCase_judged_charged: (e, n) =>
    `经理确认 ${e} 已扣款${He(n)}，读卡器没有此笔。销售已记录。请向收单机构查询。`,
  dayCase_judged_not_charged: (e, n) =>
    `经理确认 ${e} 未扣款${He(n)}，读卡器却有此笔。顾客可能付了两次。请退回。`,
  dayCase_offline: (e, n) => `${e} 为离线收款${He(n)}，读卡器没有此笔。销售已记录。请等待或向收单机构查询。`,
  cardPaidNoCash: "刷卡已先成功，已用卡付款。未收现金，请退还顾客。",
  cardUnknownNoCash: "刷卡是否扣款尚不确定。未收现金。请先查询刷卡结果。",
  cardEnding: "正在先结束刷卡",
  dayOrder: "查看订单",
  dayIsAtReader: "读卡器合计中有此笔。",
  dayIsNotAtReader: "读卡器合计中未见此笔。",
};
var wt = {
  ...ea,
  languageName: "中文",
  back: "返回",
  close: "关闭",
  understood: "知道了",
  more: "更多",
  search: "搜索",
  orders: "订单",
  whoSells: "谁在收银？",
  whoSellsHint: "点按您的姓名开始。",
  switchClerk: "切换店员",
  otherLanguage: "English",
  allItems: "全部",
  soldOut: "估清",
  perKilogram: (e) => `${e}/千克`,
  kilograms: (e) => `${e} 千克`,
  scale_motion: "读数未稳定",
  scale_over: "超出量程",
  scale_under_zero: "低于零点",
  scale_outside_zero: "请先置零",
  scale_down: "电子秤无应答",
  scaleNet: "净重",
  scaleZero: "置零",
  scaleTare: "去皮",
  scaleClearTare: "取消去皮",
  searchPlaceholder: "名称或编码",
  searchNothing: "没有找到。请检查输入，或在分类中查找。",
  searchBegin: "输入中文或英文名称的一部分，或编码。",
  moreBySearch: "此处还有更多商品，请用搜索查找。",
  cartEmpty: "点按商品开始",
  cart: "订单",
  openCart: "查看整单",
  undoLast: "撤销上一步",
  total: "合计",
  items: (e) => `${e} 件`,
  onePlus: (e) => `加一件${e}`,
  oneMinus: (e) => `减一件${e}`,
  remove: "删除",
  removeLine: (e) => `删除${e}`,
  note: "备注",
  noteFor: (e) => `${e}的备注`,
  notePlaceholder: "例如：不加糖",
  saveNote: "保存备注",
  each: (e) => `单价 ${e}`,
  pay: "收款",
  cashExact: "现金 正好",
  payOut: "退款",
  closeFree: "无需付款，完成",
  cardPay: "刷卡",
  cardTitle: "刷卡收款",
  cardBackTitle: "退回卡内",
  cardStep_connecting: "正在唤醒读卡器",
  cardStep_present_card: "请刷卡或插卡",
  cardStep_enter_pin: "请在读卡器上输入密码",
  cardStep_processing: "正在确认结果",
  cardStep_remove_card: "请取出卡片",
  cardStep_other: "请看读卡器",
  cardCancel: "在读卡器上取消",
  cardNoCancel: "已无法取消：请等待",
  cardUnknown: "结果待确认：请勿重复收款",
  cardOrphan: "读卡器另有扣款",
  cardCheck: "立即查询",
  cardNext: "下一位顾客",
  cardManager: "联系经理",
  cardBack: "退回",
  cardAgain: "再次退回卡内",
  cardInCash: "改退现金",
  cardLeftToGiveBack: "尚需退回",
  cardAsked: "正在查询读卡器",
  cardCaseWhat: "实际结果",
  cardCaseConfirm: "记录",
  cardCase_charged: "已扣款",
  cardCase_not_charged: "未扣款",
  cardCase_go_on: "未确认先继续",
  cardCase_taken_back: "已退回",
  cardCase_case_opened: "已咨询银行",
  reason_slipSeen: "签购单已核对",
  reason_bankAsked: "已咨询银行",
  reason_guestWaits: "顾客在等候",
  healthReader: "读卡器",
  readerDay: "读卡器日结",
  readerLink_down: "未连接。可收现金。",
  readerLink_connecting: "正在连接。",
  readerLink_ready: "可刷卡。",
  readerLink_busy: "处理中。",
  readerLink_needs_attention: "需处理：请看读卡器屏幕。",
  tenderTitle: "收款",
  cashTender: "现金",
  due: "应收",
  leftToPay: "还需收",
  takenSoFar: (e) => `已收 ${e}`,
  handed: "实收",
  exact: "正好",
  keyAmount: "点按面额或输入金额",
  takeWithChange: (e, n) => `收 ${e} · 找零 ${n}`,
  takePart: (e, n) => `收 ${e} · 还差 ${n}`,
  takeExact: (e) => `收 ${e}`,
  deleteDigit: "删除末位",
  paid: (e) => `已收款 ${e}`,
  paidOut: (e) => `已退款 ${e}`,
  change: "找零",
  noChange: "无需找零",
  received: (e) => `实收 ${e}`,
  lastSale: (e) => `上一单 ${e}`,
  changeWas: (e) => `找零 ${e}`,
  nextSale: "下一单",
  reprint: "补打",
  reprintLast: "补打上一张小票",
  reprintOf: (e) => `补打 ${e}`,
  copyAsked: "小票副本已发送到打印机。",
  print_none: "无小票",
  print_pending: "正在打印…",
  print_printed: "小票已打印",
  print_failed: "小票未打印",
  print_unknown: "小票未确认",
  todaysOrders: "今日订单",
  noOrders: "今天还没有订单。",
  phase_open: "未结",
  phase_frozen: "收款中",
  phase_closed: "已收款",
  phase_refunded: "已退款",
  phase_voided: "已作废",
  notStored: "未保存",
  notSent: "未上传",
  light_red: "保存中",
  light_amber: "已存本机",
  light_green: "已到总部",
  disk_full: "存储已满",
  disk_failed: "存储故障",
  disk_damaged: "存储损坏",
  link_up: "在线",
  link_down: "离线",
  link_none: "无总部",
  printer_none: "未设",
  printer_unknown: "未试",
  printer_ready: "就绪",
  printer_unreachable: "无应答",
  printer_paper_out: "缺纸",
  printer_cover_open: "开盖",
  printer_paper_low: "纸将尽",
  printer_fault: "故障",
  unsent: (e) => `${e} 条未上传`,
  openHealth: "数据安全吗？",
  health: "数据安全吗？",
  healthRecords: "记录",
  healthLink: "总部",
  healthPrinter: "打印机",
  healthDisk: "存储",
  healthLight_red: "最新改动正在写入磁盘。款项只有写入后才会显示为已收。",
  healthLight_amber: "所有记录已保存在本机。总部尚未全部收到，会自动上传。",
  healthLight_green: "所有记录已保存在本机和总部。",
  healthUnsent: (e, n) => (e === 0 ? "没有等待上传的记录。" : `${e} 条记录等待上传，其中 ${n} 笔订单。`),
  healthLink_up: "已连接总部。",
  healthLink_none: "本机不连接总部。所有记录保存在本机。",
  healthPrinter_none: "未设置打印机。销售照常保存。",
  healthPrinter_unknown: "已设置打印机；启动后尚未打印。",
  healthPrinter_ready: "打印机就绪。",
  healthDisk_ok: "存储正常。",
  notPrintedTitle: "小票未打印",
  refusedTitle: "操作未完成",
  reconnecting: "正在重新连接… 订单安全",
  connecting: "正在启动屏幕…",
  notOursTitle: "屏幕与运行程序版本不符",
  reload: "重新打开",
  pinFor: (e) => `${e}的密码`,
  pinDigits: (e) => `已输入 ${e} 位`,
  pinOk: "确定",
  pinTriesLeft: (e) => `还可再试 ${e} 次。`,
  pinWait: (e) => `请等待 ${e}`,
  locked: "已锁定",
  hasPin: "密码",
  lineOf: "修改",
  quantity: "数量",
  noteNoSugar: "不加糖",
  noteNoIce: "去冰",
  noteHot: "热饮",
  noteToGo: "打包",
  noteGift: "礼品包装",
  park: "挂单",
  parkOrder: "挂起此单",
  parkLabel: "姓名或桌号（可不填）",
  parkedCount: (e) => `挂单 ${e}`,
  parkedToast: "已挂单。可在订单列表中取回。",
  recall: "取回继续",
  cancelOrder: "作废订单",
  cancelConfirm: "确认作废",
  reason: "原因",
  reasonOwn: "其他原因",
  reasonOwnHint: "请简短说明",
  reasonChoose: "请选择原因",
  reason_mistake: "输入错误",
  reason_left: "顾客离开",
  reason_test: "测试",
  reason_damaged: "商品损坏",
  reason_unwanted: "不想要了",
  reason_wrongItem: "商品有误",
  reason_late: "等候太久",
  reason_change: "零钱",
  reason_bank: "存银行",
  reason_safe: "放入保险柜",
  reason_supplies: "购买用品",
  reason_delivery: "付快递费",
  reason_check: "检查钱箱",
  reason_help: "为顾客换零",
  reason_counted: "复点后仍不符",
  reason_wrongChange: "找错零钱",
  priceTitle: "价格与小费",
  discount: "折扣",
  discountOrder: "整单折扣",
  discountFor: (e) => `${e}折扣`,
  discountGive: (e) => `确认优惠 ${e}`,
  coupon: "优惠券码",
  memberTier: "会员等级",
  guests: "人数",
  enter: "确定",
  noTip: "不加小费",
  roundOrder: "抹零",
  roundBack: "取消抹零",
  takeBack: (e) => `撤销${e}`,
  whyThisPrice: "价格明细",
  byRules: (e) => (e === 0 ? "按本机价格规则" : `按价格规则 ${e}`),
  price_discount: "优惠",
  price_coupon: "优惠券",
  price_fee: "费用",
  price_tax: "税额",
  price_tip: "小费",
  price_rounding: "抹零",
  price_list: "原价",
  price_price: "改价",
  price_line: "商品行",
  price_total: "合计",
  reason_regular: "老顾客",
  reason_priceSeen: "货架标价",
  reason_waited: "久等补偿",
  filter_all: "全部",
  filter_open: "未结",
  filter_paid: "已收款",
  filter_returned: "退货",
  filter_unsent: "未上传",
  filter_parked: "挂单",
  filters: "筛选订单",
  searchOrders: "单号或金额",
  noOrdersLike: "今天没有符合的订单。",
  parkedBadge: "挂单",
  marksBadge: (e) => `${e} 条提示`,
  orderTitle: "订单",
  returnTitle: "退货单",
  soldBy: (e) => `经手 ${e}`,
  linesTitle: "商品",
  historyTitle: "经过",
  marksTitle: "请注意",
  storedHere: "已保存",
  storedNot: "尚未保存",
  sentHq: "已到总部",
  sentNot: "未到总部",
  copies: (e) => `已补打 ${e} 次`,
  returnedSome: (e) => `已退 ${e}`,
  returnedAll: "已全部退货",
  returnOfReceipt: (e) => `退货，原小票 ${e}`,
  rounding: "抹零",
  printCopy: "补打小票",
  refund: "退款",
  goOn: "取回继续",
  refundTitle: (e) => `退款 ${e}`,
  refundNothing: "没有可退的商品",
  refundPay: (e) => `退还 ${e}`,
  refundOf: (e, n) => `${e} / ${n}`,
  refundAmount: "应退现金",
  shift: "班次",
  shiftNone: "尚未开班。",
  shiftNoneHint: "请输入钱箱中的备用金开班。",
  shiftOpen: "开班",
  shiftOpenFor: (e) => `开启钱箱 ${e}`,
  drawer: (e) => `钱箱 ${e}`,
  openedAt: (e) => `开班时间 ${e}`,
  businessDate: "营业日",
  float: "备用金",
  sales: "销售",
  returns: "退货",
  noSales: "无销售开箱",
  reportX: "打印 X 报表",
  payIn: "存入",
  payOutCash: "支出",
  drop: "入保险柜",
  noSale: "开钱箱",
  countDrawer: "清点钱箱",
  countAgain: "重新清点",
  counted: "清点金额",
  expected: "应有金额",
  difference: "差额",
  differenceNone: "钱箱相符。",
  differenceWhy: "差额原因",
  closeShift: "交班并打印 Z",
  countHint: "请清点钱箱中的现金。清点后才显示应有金额。",
  countDone: (e) => `清点 ${e}`,
  countNext: "下一项",
  pieces: (e) => `× ${e}`,
  closedShifts: "已交班次",
  zNumber: (e) => `Z ${e}`,
  printZ: (e) => `重印 Z ${e}`,
  xAsked: "X 报表已发送到打印机。",
  zAsked: "Z 报表已发送到打印机。",
  drawerAsked: "钱箱已打开。",
  moved: "已记录。",
  shiftOther: "由另一台终端开班：请在该终端清点并交班。",
  amount: "金额",
  joinShift: (e, n) => `使用 ${n} 的钱箱 ${e}`,
  stock: "库存",
  stockSearch: "商品或编码",
  onSale: "在售",
  alerts: "库存不足",
  alertLevel: (e, n) => `剩 ${e}，目标 ${n}`,
  healthTerminal: "本机",
  healthSwap: "更换设备",
  healthSwapYes: "可以更换：总部已有全部记录。",
  healthSwapNo: (e) => `暂不可更换：${e} 条记录只在本机。请等待上传完成。`,
  healthSwapAlone: "不可更换：本机不连接总部，所有记录只在本机。",
  healthOldest: (e) => `最早一条已等待 ${e}。`,
  healthClock: "时钟",
  healthClockOk: "时钟正常。",
  trustClock: "时钟现已正确",
  lockedClerks: "已锁定的姓名",
  unlock: (e) => `解锁${e}`,
  seconds: (e) => `${e} 秒`,
  minutes: (e) => `${e} 分钟`,
  hours: (e) => `${e} 小时`,
  settings: "设置",
  language: "语言",
  hand: "惯用手",
  hand_right: "右手",
  hand_left: "左手",
  brightness: "亮度",
  darker: "调暗",
  brighter: "调亮",
  printer: "打印机",
  printerPaired: (e, n) => `${e} · ${n}`,
  printerNone: "未设置打印机。",
  printerTcp: "网络",
  printerSerial: "线缆",
  printerHost: "地址",
  printerPort: "端口",
  printerPath: "接口",
  printerBaud: "速率",
  printerModel: "型号",
  printerSave: "使用此打印机",
  printerTest: "打印测试页",
  testAsked: "测试页已发送到打印机。",
  paired: "打印机已设置。",
  noSerial: "本机没有找到线缆接口。",
  training: "培训模式",
  trainingEnter: "进入培训",
  trainingLeave: "退出培训",
  trainingSign: "培训 TRAINING",
  approvalTitle: "需要另一人同意",
  approvalWho: "由谁授权？",
  right_sell: "销售",
  right_open_price: "自定价格销售",
  right_void: "作废订单",
  right_blind_return: "无小票退货",
  right_reprint: "补打小票",
  right_refund: "退款",
  right_drawer: "现金进出或开钱箱",
  right_shift: "开班、清点或交班",
  right_stock: "设置估清",
  right_approve: "管理本机",
  right_training: "培训模式",
  right_discount: "折扣",
  event_order_opened: "新建订单",
  event_line_added: "加入",
  event_units_added: "增加",
  event_units_removed: "减去",
  event_note_set: "备注",
  event_order_parked: "挂单",
  event_order_recalled: "取回",
  event_edit_undone: "撤销",
  event_return_linked: "对应小票",
  event_units_returned: "退货",
  event_order_voided: "作废",
  event_check_frozen: "开始收款",
  event_check_thawed: "返回修改",
  event_tender_captured: "收款",
  event_tender_requested: "请求刷卡",
  event_tender_approved: "刷卡已批准",
  event_tender_declined: "刷卡被拒",
  event_tender_doubted: "结果未知",
  event_tender_reversed: "读卡器已冲正",
  event_tender_overridden: "未确认继续",
  event_tender_judged: "人工判定",
  event_orphan_found: "读卡器另有扣款",
  event_orphan_settled: "另有扣款已处理",
  event_slip_received: "签购单",
  event_tender_forwarded: "离线刷卡已上送",
  event_cash_rounded: "抹零",
  event_discount_given: "给予折扣",
  event_coupon_entered: "使用优惠券",
  event_adjustment_withdrawn: "撤销优惠",
  event_tip_set: "小费",
  event_guests_set: "人数",
  event_tier_set: "会员等级",
  event_tax_treatment_set: "计税方式",
  event_order_rounding_set: "抹零",
  event_check_closed: "完成",
  event_receipt_copied: "补打小票",
  event_print_finished: "打印机应答",
  event_override_granted: "授权",
  event_other: "已记录",
};
var Oe = w(!1),
  I = w(null),
  k = w(null),
  ce = w(null),
  Pn = w(null),
  X = w({ readers: [], tenders: [] }),
  yn = ne(() => X.value.tenders.find((e) => e.isCurrent && !e.isOverridden && Rl(e)) ?? null),
  ze = ne(() => {
    let e = yn.value;
    if (e === null || I.value?.armsReader !== !0 || Ve.value !== null) return null;
    let n = e.prompt?.step ?? "connecting",
      t = n === "connecting" || n === "present_card",
      o = e.prompt?.canCancel ?? !0;
    return e.kind === "pay" && e.status === "requested" && t && o ? e : null;
  });
function Rl({ status: e }) {
  return e === "requested" || e === "approved" || e === "unknown" || e === "orphaned";
}
var ue = w(null),
  St = w(new Map()),
  An = w(null),
  ge = w(null),
  Ne = w(null),
  Ln = w(null),
  ke = w(null),
  Dn = w(null),
  Tt = w(0),
  Ct = w(""),
  $n = w(!1),
  D = ne(() => ($n.value ? "" : Ct.value)),
  ve = w({ room: "sale" }),
  Qe = w("all"),
  Vn = w(""),
  F = w(null),
  J = w("hidden"),
  en = w(""),
  Fn = /[#?&]lang=xa\b/.test(location.href),
  Ol = Qo(En),
  Ge = ne(() => I.value?.language ?? "en"),
  d = ne(() => (Ge.value === "zh" ? wt : Fn ? Ol : En));
function W(e) {
  let n = Yo[e][Ge.value];
  return Fn ? bt(n) : n;
}
var na = ne(() => Ko(I.value?.currency ?? "CNY", I.value?.exponent ?? 2));
function p(e) {
  return gr(e, na.value);
}
var nn = na,
  gn = ne(() => {
    if (D.value === "") return { room: "sign_on" };
    let e = ve.value;
    if (e.room !== "sale" && e.room !== "tender") return e;
    if (k.value === null || k.value.lines.length === 0) return { room: "sale" };
    let n = e.room === "tender" || k.value.phase === "frozen",
      t = k.value.kind === "sale",
      o = !t && k.value.phase === "frozen" && X.value.tenders.some((a) => a.isCurrent);
    return (n && t) || o ? { room: "tender" } : { room: "sale" };
  }),
  vr = ne(() => {
    let e = F.value?.kind;
    if (e === "health" || e === "reader_day") return { panel: "health" };
    let n = gn.value;
    switch (n.room) {
      case "order":
      case "refund":
        return { panel: "order", order: n.order };
      case "count":
        return { panel: "shift" };
      case "orders":
      case "shift":
      case "stock":
      case "settings":
        return { panel: n.room };
      case "sign_on":
        return { panel: "health" };
      case "sale":
      case "tender":
        return { panel: "none" };
    }
  }),
  g = ne(() => Oe.value && Tt.value === 0),
  Nl = ne(() => new Map(I.value?.items.map((e) => [e.sku, e])));
function ae(e, n) {
  let t = Nl.value.get(e);
  return t === void 0 ? n : tn(t);
}
function tn(e) {
  return Ge.value === "zh" ? e.nameZh : e.nameEn;
}
function Mt(e) {
  return St.value.get(e.sku) ?? e.isSoldOut;
}
function pe(e) {
  return I.value?.staff.find((n) => n.clerk === e)?.name ?? e;
}
var kr = ne(() => {
  let e = new Map();
  for (let n of k.value?.lines ?? []) {
    let t = n.quantityMilli % 1e3 === 0 ? n.quantityMilli / 1e3 : 1;
    e.set(n.sku, (e.get(n.sku) ?? 0) + t);
  }
  return e;
});
function Wn(e) {
  return Array.from(e)[0] ?? "";
}
function Bn(e) {
  return (I.value?.staff ?? []).filter(
    (t) => t.hasPin && t.clerk !== D.value && t.rights.includes("approve") && t.rights.includes(e),
  );
}
var Il = 2500,
  ta = 0;
function Rt() {
  (re(() => {
    ((ve.value = { room: "sale" }), (F.value = null), (J.value = "shown"));
  }),
    clearTimeout(ta),
    (ta = setTimeout(() => {
      J.value === "shown" && ((J.value = "hidden"), bo());
    }, Qr)));
}
var ra = 0;
function Ie(e) {
  ((en.value = e),
    clearTimeout(ra),
    (ra = setTimeout(() => {
      en.value = "";
    }, Il)));
}
function oa() {
  me(() => {
    J.value = "pinned";
  });
}
function aa() {
  me(() => {
    J.value = "hidden";
  });
}
var El = `ws://${location.host}/screen`,
  br = new vt(El, Fn ? "en" : null, {
    onConnected: (e) => {
      Oe.value = e;
    },
    onPending: (e) => {
      Tt.value = e;
    },
    onMessage: (e) => re(() => Pl(e)),
    onAnswer: (e, n) =>
      re(() => {
        (e.kind === "command" && e.command.type === "sign_off" && ($n.value = !1),
          n.kind === "scanned" ? la(n.scan, n.refusal) : n.refusal === null ? $l(e) : Vl(e, n.refusal));
      }),
    onGivenUp: () => re(Je),
    onUnreadable: (e) => be(d.value.notOursTitle, W("screen/not_ours"), e),
  });
he(() => br.open(vr.value));
function Pl(e) {
  switch (e.kind) {
    case "welcome":
      ((I.value = e.welcome), (document.documentElement.lang = e.welcome.language === "zh" ? "zh-CN" : "en"));
      break;
    case "view":
      (e.clerk !== void 0 && (Ct.value = e.clerk),
        e.order !== void 0 && (k.value = e.order),
        e.cards !== void 0 && (X.value = e.cards),
        e.scale !== void 0 && (Pn.value = e.scale),
        e.last !== void 0 && Ll(e.last),
        Wl(),
        e.status !== void 0 && (ue.value = e.status),
        e.availability !== void 0 && (St.value = new Map(e.availability.map((n) => [n.sku, n.isSoldOut]))));
      break;
    case "orders":
      An.value = e.orders;
      break;
    case "panel":
      Al(e);
      break;
    case "scanned":
      la(e.scan, e.refusal);
      break;
    case "fault":
      be(d.value.refusedTitle, e.sentence, e.code);
      break;
  }
}
function Al(e) {
  switch (e.panel) {
    case "order":
      ge.value = { order: e.order, content: e.content };
      break;
    case "shift":
      Ne.value = e.content;
      break;
    case "stock":
      Ln.value = e.content;
      break;
    case "health":
      ke.value = e.content;
      break;
    case "settings":
      Dn.value = e.content;
      break;
  }
}
function Ll(e) {
  let n = ce.value;
  if (
    ((ce.value = e),
    e !== null && e.order === vn && n?.order !== e.order && ((vn = ""), Rt()),
    !(e === null || n === null || n.order !== e.order || n.print === e.print) &&
      (e.print === "unknown" && ia(W("printer/unknown"), e.printCode),
      e.print === "failed" && e.printer !== "none"))
  ) {
    let { printer: t } = e;
    ia(W(`printer/${t === "ready" || t === "unknown" ? "fault" : t}`), e.printCode);
  }
}
var vn = "";
function ia(e, n) {
  F.value = { kind: "print", sentence: e, code: n };
}
function be(e, n, t) {
  F.value = { kind: "message", title: e, sentence: n, code: t };
}
var Dl = new Set(["cart", "line", "print"]);
function la(e, n) {
  let { words: t } = xt;
  if (n !== null) return be(t.value.refusedTitle, n.sentence, n.code);
  switch (e.kind) {
    case "item":
      ((J.value = "hidden"),
        Dl.has(F.value?.kind ?? "") || (F.value = null),
        gn.value.room !== "tender" && (ve.value = { room: "sale" }));
      break;
    case "receipt":
      M({ room: "order", order: e.order, from: "sale" });
      break;
    case "payment_code":
      be(t.value.refusedTitle, W("scan/payment_code"), "scan/payment_code");
      break;
    case "rejected":
      be(t.value.refusedTitle, e.sentence, e.code);
      break;
  }
}
function $l(e) {
  switch (e.kind) {
    case "command":
      sa(e.command);
      break;
    case "pin":
      (Je(), (F.value = null), e.purpose === "approve" ? sa(e.command) : (ve.value = { room: "sale" }));
      break;
    case "pair_printer":
      Ie(d.value.paired);
      break;
    case "test_print":
      Ie(d.value.testAsked);
      break;
    case "reader":
      (e.action === "check" && Ie(d.value.cardAsked),
        e.action === "close_day" && T({ kind: "reader_day", reader: e.reader }));
      break;
    case "scan":
    case "scale":
      break;
  }
}
function Vl(e, n) {
  if (!(e.kind === "pin" && Xo(n))) {
    if (e.kind === "command") {
      if (e.command.type === "sign_off") return;
      if (n.right !== null && Bn(n.right).length > 0) {
        F.value = { kind: "approval", ask: { command: e.command, right: n.right } };
        return;
      }
    }
    be(d.value.refusedTitle, n.sentence, n.code);
  }
}
function sa(e) {
  let n = d.value;
  switch (e.type) {
    case "take_cash":
    case "pay_out_cash":
    case "close_without_tender":
      k.value?.order !== e.order && ce.value?.order === e.order ? Rt() : e.type === "take_cash" && ga();
      break;
    case "refund":
    case "continue_refund":
      k.value?.kind === "return" && k.value.phase === "frozen"
        ? ((vn = k.value.order), M({ room: "sale" }))
        : Rt();
      break;
    case "recall_order":
      M({ room: "sale" });
      break;
    case "void_order":
    case "override_tender":
    case "judge_tender":
    case "settle_orphan":
      F.value = null;
      break;
    case "give_discount":
      F.value = { kind: "cart" };
      break;
    case "count_drawer":
    case "close_shift":
      ((ve.value = { room: "shift" }), e.type === "close_shift" && Ie(n.zAsked));
      break;
    case "open_shift":
      F.value = null;
      break;
    default: {
      let t = Fl.get(e.type);
      if (t === void 0) break;
      (Ie(n[t]),
        e.type === "park_order" && (ve.value = { room: "sale" }),
        e.type !== "copy_receipt" && (F.value = null));
    }
  }
}
var Fl = new Map([
  ["copy_receipt", "copyAsked"],
  ["park_order", "parkedToast"],
  ["move_cash", "moved"],
  ["open_drawer", "drawerAsked"],
  ["report_shift", "xAsked"],
  ["print_report", "zAsked"],
]);
function we(e) {
  br.ask(e) || be(d.value.refusedTitle, W("screen/too_many_taps"), "screen/too_many_taps");
}
function Q(e) {
  let n = D.value;
  we((t) => ({ kind: "command", n: t, clerk: n, command: e }));
}
function C(e) {
  me(() => Q(e));
}
function da(e) {
  let n = D.value;
  we((t) => ({ kind: "scan", n: t, clerk: n, text: e }));
}
function kn(e, n, t, o) {
  let a = D.value;
  t !== "approve"
    ? we((i) => ({ kind: "pin", n: i, clerk: a, who: e, pin: n, purpose: t, command: null }))
    : o !== null && we((i) => ({ kind: "pin", n: i, clerk: a, who: e, pin: n, purpose: t, command: o }));
}
function ca(e) {
  let n = D.value;
  me(() => we((t) => ({ kind: "pair_printer", n: t, clerk: n, printer: e })));
}
function ua() {
  let e = D.value;
  me(() => we((n) => ({ kind: "test_print", n, clerk: e })));
}
function pa(e) {
  e.hasPin ? T({ kind: "pin", who: e, ask: "sign_on" }) : Q({ type: "sign_on", clerk: e.clerk });
}
function Ot() {
  let e = D.value;
  e !== "" &&
    re(() => {
      (Je(), M({ room: "sale" }), Q({ type: "sign_off", clerk: e }), ($n.value = !0));
    });
}
function fa(e) {
  (J.value === "hidden" && ct()) ||
    (re(() => {
      ((J.value = "hidden"), (F.value = null));
    }),
    Q({ type: "add_item", order: null, sku: e, quantityMilli: 1e3 }));
}
function ha(e, n) {
  Q({ type: "add_units", order: e, line: n.line, quantityMilli: 1e3 });
}
function ma(e, n) {
  let t = Math.min(1e3, n.quantityMilli);
  Q({ type: "remove_units", order: e, line: n.line, quantityMilli: t, reason: "" });
}
function _a(e, n) {
  Q({ type: "remove_units", order: e, line: n.line, quantityMilli: n.quantityMilli, reason: "" });
}
function ya(e, n, t) {
  t.trim() !== n.note && Q({ type: "set_note", order: e, line: n.line, text: t.trim() });
}
function Nt() {
  me(() => {
    (M({ room: "tender" }), ga());
  });
}
function ga() {
  let e = k.value,
    n = X.value.readers.filter(({ link: s }) => s === "ready"),
    [t] = n;
  if (
    !(I.value?.armsReader === !0 && g.value) ||
    e === null ||
    e.kind !== "sale" ||
    e.leftMinor <= 0 ||
    n.length !== 1 ||
    t === void 0 ||
    yn.value !== null
  )
    return;
  let { order: a, leftMinor: i } = e;
  ((vn = a), Q({ type: "request_card", order: a, amountMinor: null, leftMinor: i, reader: t.name }));
}
function Un(e, n) {
  let { order: t, leftMinor: o } = e;
  me(() => wr({ type: "take_cash", order: t, handedMinor: n, leftMinor: o }));
}
function wr(e) {
  let n = ze.value;
  if (n === null) return Q(e);
  let { tender: t, order: o } = n,
    a = D.value;
  ((Ve.value = { tender: t, order: o, clerk: a, command: e }),
    we((i) => ({ kind: "reader", n: i, clerk: a, action: "cancel", tender: t, reader: "" })));
}
function Wl() {
  let e = Ve.value;
  if (e === null) return;
  let n = wo(e, X.value.tenders, ce.value);
  if (n === "wait") return;
  Ve.value = null;
  let t = e.clerk === D.value && k.value?.order === e.order;
  n === "free" && t && Q(e.command);
  let o = d.value;
  e.command.type !== "take_cash" ||
    n === "free" ||
    n === "gone" ||
    be(o.refusedTitle, n === "paid" ? o.cardPaidNoCash : o.cardUnknownNoCash, "tender/in_progress");
}
function va(e, n, t) {
  let { order: o, leftMinor: a } = e;
  ((vn = o), me(() => wr({ type: "request_card", order: o, amountMinor: t, leftMinor: a, reader: n })));
}
function ka({ order: e, tender: n }) {
  C({ type: "reverse_card", order: e, tender: n });
}
function ba({ tender: e }) {
  Sr({ action: "cancel", tender: e, reader: "" });
}
function wa({ tender: e, order: n }) {
  ((vn = n), Sr({ action: "check", tender: e, reader: "" }));
}
function Sa(e) {
  Sr({ action: "close_day", tender: null, reader: e });
}
function Sr(e) {
  let n = D.value;
  me(() => we((t) => ({ kind: "reader", n: t, clerk: n, ...e })));
}
function Ta({ order: e, label: n }) {
  C({ type: "park_order", order: e, label: n });
}
function Ee(e) {
  me(() => {
    ((F.value = null), Q({ type: "copy_receipt", order: e }));
  });
}
function It() {
  let e = k.value;
  ((ve.value = { room: "sale" }),
    e !== null && e.check !== null && wr({ type: "thaw_check", order: e.order, check: e.check }));
}
function M(e) {
  re(() => {
    ((ve.value = e), (F.value = null), (J.value = "hidden"));
  });
}
function Et(e) {
  br.speak(e);
}
function T(e) {
  re(() => {
    (e?.kind !== F.value?.kind && Je(), (F.value = e));
  });
}
var Ca = 0;
function Ma() {
  let e = () => {
    (clearTimeout(Ca), (Ca = setTimeout(Bl, Jr)));
  };
  (addEventListener("keydown", e, { capture: !0 }),
    addEventListener(
      "pointerdown",
      () => {
        (e(), !Oe.value && I.value !== null && Ie(W("screen/runtime_gone")));
      },
      { capture: !0 },
    ),
    e());
}
function Bl() {
  D.value !== "" && (Ot(), Ie(W("screen/locked")));
}
var zn = [55, 70, 85, 100],
  Ra = "hand",
  Oa = "brightness";
function Na(e) {
  try {
    return localStorage.getItem(e);
  } catch {
    return null;
  }
}
function xa(e, n) {
  try {
    localStorage.setItem(e, n);
  } catch {}
}
var Hn = w(Na(Ra) === "left" ? "left" : "right"),
  rn = w(zn.find((e) => String(e) === Na(Oa)) ?? 100);
function Ia() {
  (he(() => {
    ((document.documentElement.dataset.hand = Hn.value), xa(Ra, Hn.value));
  }),
    he(() => {
      (document.documentElement.style.setProperty("--shade", String(1 - rn.value / 100)),
        xa(Oa, String(rn.value)));
    }));
}
var Ul = Symbol.for("pv"),
  Hl = 0;
function r(e, n, t, o, a, i) {
  n || (n = {});
  var s,
    l,
    f = n;
  if ("ref" in f && typeof e != "function") for (l in ((f = {}), n)) l == "ref" ? (s = n[l]) : (f[l] = n[l]);
  var m = {
    type: e,
    props: f,
    key: t,
    ref: s,
    __k: null,
    __: null,
    __b: 0,
    __e: null,
    __c: null,
    constructor: Ul,
    __v: --Hl,
    __i: -1,
    __u: 0,
  };
  return ((a || i) && ((m.__source = a), (m.__self = i)), R.vnode && R.vnode(m), m);
}
var zl = {
  back: "M15 5l-7 7 7 7",
  search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L20 20",
  orders: "M7 4h10a1 1 0 0 1 1 1v15l-2.5-1.7L13 20l-2.5-1.7L8 20l-2-1.4V5a1 1 0 0 1 1-1zM9.5 9h5M9.5 13h5",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  plus: "M12 6v12M6 12h12",
  minus: "M6 12h12",
  remove: "M5 7h14M10 7V5h4v2M7 7l.8 12h8.4L17 7M10.5 11v5M13.5 11v5",
  note: "M5 19l1-4L15.5 5.5a1.8 1.8 0 0 1 2.6 0l.4.4a1.8 1.8 0 0 1 0 2.6L9 18z",
  up: "M12 19V6M6.5 11.5L12 6l5.500 5.500",
  check: "M5 12.500l4.500 4.500L19 7.500",
  warning: "M12 4.500l8.500 15h-17zM12 10v4.500M12 17.200h.01",
  close: "M6 6l12 12M18 6L6 18",
  printer:
    "M7 9V4h10v5M7 17H5a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1h14a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1h-2M7 14h10v6H7z",
  link: "M4.500 10a11 11 0 0 1 15 0M7.500 13.300a6.800 6.800 0 0 1 9 0M10.300 16.600a2.800 2.800 0 0 1 3.400 0",
  unlink:
    "M4.500 10a11 11 0 0 1 4-2.500M13 7.100a11 11 0 0 1 6.500 2.900M7.500 13.300a6.800 6.800 0 0 1 4.500-1.700M10.300 16.600a2.800 2.800 0 0 1 3.400 0M5 4l14 16",
  disk: "M5 6.500C5 5.100 8.100 4 12 4s7 1.100 7 2.500S15.900 9 12 9 5 7.900 5 6.500zM5 6.500v11C5 18.900 8.100 20 12 20s7-1.100 7-2.500v-11M5 12c0 1.400 3.100 2.500 7 2.500s7-1.100 7-2.500",
  person:
    "M12 12a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM5 20c.6-3.600 3.400-5.500 7-5.500s6.400 1.900 7 5.500",
  language:
    "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM4.500 9.500h15M4.500 14.500h15M12 4c2.200 2.400 3.300 5 3.300 8s-1.100 5.600-3.300 8c-2.200-2.400-3.300-5-3.300-8S9.800 6.400 12 4z",
  shield: "M12 4l7 2.500v5c0 4-2.800 7-7 8.500-4.200-1.500-7-4.500-7-8.500v-5zM9 12l2.200 2.200L15.200 10",
  undo: "M8 5L4 9l4 4M4 9h10a5.500 5.500 0 0 1 0 11h-4",
  clock: "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 8v4.500l3 2",
  pause: "M9 6v12M15 6v12",
  drawer: "M4 13h16v6H4zM6 13l2-7h8l2 7M10 16h4",
  stock: "M4 8l8-4 8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8",
  settings: "M5 7h8M17 7h2M5 12h2M11 12h8M5 17h6M15 17h4M13 5v4h4V5zM7 10v4h4v-4zM11 15v4h4v-4z",
  training: "M3 9l9-4 9 4-9 4zM7 11v5c1.500 1.300 3.200 2 5 2s3.500-.7 5-2v-5",
  lock: "M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3",
  returned: "M5 8h9a5 5 0 0 1 0 10H8M8.500 4.500L5 8l3.500 3.500",
  card: "M3 6.500h18v11H3zM3 10h18M6 14.500h4",
  deleteDigit: "M9 6h10a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H9l-5.500-6zM11.500 9.500l5 5M16.500 9.500l-5 5",
};
function h({ name: e, size: n = 24 }) {
  return r("svg", {
    class: "icon",
    width: n,
    height: n,
    viewBox: "0 0 24 24",
    fill: "none",
    stroke: "currentColor",
    "stroke-width": e === "more" ? 3 : 2,
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
    "aria-hidden": "true",
    children: r("path", { d: zl[e] }),
  });
}
function $(e) {
  return r("div", {
    class: `screen screen-${e.name}`,
    children: [
      r(Gl, {}),
      r("header", { class: "header", children: e.header }),
      r("main", { class: "content", children: e.children }),
      e.bar !== void 0 && r("div", { class: "bar", children: e.bar }),
    ],
  });
}
function y(e) {
  return r("button", {
    type: "button",
    class: `button ${e.tone}`,
    "data-id": e.id,
    disabled: e.isDisabled ?? !1,
    onClick: e.onTap,
    children: [e.icon !== void 0 && r(h, { name: e.icon, size: 22 }), e.children],
  });
}
function on(e) {
  return r("button", {
    type: "button",
    class: "header-button",
    "data-id": e.id,
    "aria-label": e.label,
    onClick: e.onTap,
    children: r(h, { name: e.icon }),
  });
}
function K(e) {
  return r(_, {
    children: [
      r(on, { icon: "back", id: "back", label: d.value.back, onTap: e.onBack }),
      r("h1", { class: "title", children: r("span", { class: "title-text", children: e.title }) }),
    ],
  });
}
function Gl() {
  let e = ue.value,
    n = d.value;
  return r("button", {
    type: "button",
    class: "strip",
    "data-id": "strip",
    "data-lost": !Oe.value,
    onClick: () => T({ kind: "health" }),
    children: [
      r("span", { class: "spoken", children: n.openHealth }),
      r("span", {
        class: "strip-row",
        children:
          Oe.value && e !== null
            ? r(Xl, { now: e })
            : r("span", {
                class: "strip-sign",
                children: [r(h, { name: "unlink", size: 16 }), n.reconnecting],
              }),
      }),
    ],
  });
}
function Xl({ now: e }) {
  let n = d.value;
  return r(_, {
    children: [
      r("span", { class: "strip-time", children: e.timeText }),
      e.isTraining
        ? r("span", { class: "strip-training", "data-id": "training-sign", children: n.trainingSign })
        : r("span", {
            class: "strip-sign",
            "data-warn": e.link === "down",
            "data-id": "link",
            children: [r(h, { name: e.link === "up" ? "link" : "unlink", size: 16 }), n[`link_${e.link}`]],
          }),
      r("span", {
        class: "strip-sign",
        "data-warn": Kl(e),
        "data-id": "printer",
        children: [
          r(h, { name: "printer", size: 16 }),
          Ea(e) ? n.printer_paper_low : n[`printer_${e.printer}`],
        ],
      }),
      r(ql, {}),
      e.clockFlag !== "none" &&
        r("span", {
          class: "strip-sign",
          "data-warn": "true",
          "data-id": "clock",
          children: r(h, { name: "clock", size: 16 }),
        }),
      r("span", {
        class: "strip-sign strip-unsent",
        "data-id": "unsent",
        "data-count": e.unsentCount,
        title: n.unsent(e.unsentCount),
        children: [r(h, { name: "up", size: 14 }), e.unsentCount],
      }),
      r("span", {
        class: "light",
        "data-id": "light",
        "data-light": e.disk === "ok" ? e.light : "red",
        children: [
          r("span", { class: "light-dot" }),
          e.disk === "ok" ? n[`light_${e.light}`] : n[`disk_${e.disk}`],
        ],
      }),
    ],
  });
}
function ql() {
  let { readers: e, tenders: n } = X.value,
    t = n.filter((a) => a.status === "unknown" || a.status === "orphaned").length;
  if (e.length === 0) return null;
  let o = e.every(({ link: a }) => a === "down" || a === "needs_attention");
  return r("span", {
    class: "strip-sign",
    "data-warn": o || t > 0,
    "data-id": "reader",
    "data-unknown": t,
    children: [r(h, { name: "card", size: 16 }), t > 0 && `${t}?`],
  });
}
function Ea(e) {
  return e.isPaperLow && e.printer === "ready";
}
function Kl(e) {
  let { printer: n } = e;
  return Ea(e) || (n !== "ready" && n !== "none" && n !== "unknown");
}
var Tr = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];
function bn() {
  return [...Tr, nn.value.exponent === 2 ? "00" : "000", "0", "back"];
}
var Pa = [...Tr, "back", "0", "next"],
  Aa = [...Tr, "back", "0", "ok"];
function Se(e) {
  let n = d.value,
    t = { back: n.deleteDigit, next: n.countNext, ok: n.pinOk };
  return r("div", {
    class: "keypad",
    children: e.keys.map((o) =>
      r(
        "button",
        {
          type: "button",
          class: o === "ok" || o === "next" ? "key key-end" : "key",
          "data-id": `key-${o}`,
          "aria-label": t[o] ?? o,
          disabled: e.disabledKeys?.(o) ?? !1,
          onClick: () => e.onKey(o),
          children: o === "back" ? r(h, { name: "deleteDigit", size: 28 }) : (t[o] ?? o),
        },
        o,
      ),
    ),
  });
}
var Gn = w({ shift: "", row: 0, counts: new Map() });
function La({ shown: e }) {
  let n = d.value,
    t = Ne.value?.denominationsMinor ?? [],
    o = Y(null),
    a = Gn.value.shift === e.shift ? Gn.value : { shift: e.shift, row: 0, counts: new Map() };
  ee(() => o.current?.scrollIntoView({ block: "nearest" }), [a.row]);
  let i = t.reduce((l, f) => l + f * (a.counts.get(f) ?? 0), 0),
    s = () => {
      let l = t.map((f) => ({ valueMinor: f, count: a.counts.get(f) ?? 0 })).filter((f) => f.count > 0);
      (C({ type: "count_drawer", shift: e.shift, denominations: l }),
        (Gn.value = { shift: "", row: 0, counts: new Map() }));
    };
  return r($, {
    name: "count",
    header: r(K, { title: n.countDrawer, onBack: () => M({ room: "shift" }) }),
    bar: r(y, {
      id: "count-done",
      tone: "primary",
      isDisabled: !g.value,
      onTap: s,
      children: n.countDone(p(i)),
    }),
    children: [
      r("p", { class: "card-hint count-hint", children: n.countHint }),
      r("div", {
        class: "scroll count-rows",
        children: t.map((l, f) =>
          r(
            "button",
            {
              ref: f === a.row ? o : null,
              type: "button",
              class: "count-row",
              "data-id": `denomination-${l}`,
              "aria-pressed": f === a.row,
              onClick: () => {
                Gn.value = { ...a, row: f };
              },
              children: [
                r("span", { class: "count-value", children: kt(l, nn.value) }),
                r("span", { class: "count-pieces", children: n.pieces(a.counts.get(l) ?? 0) }),
                r("span", { class: "count-amount", children: p(l * (a.counts.get(l) ?? 0)) }),
              ],
            },
            l,
          ),
        ),
      }),
      r(Se, {
        keys: Pa,
        onKey: (l) => {
          Gn.value = Zl(a, t, l);
        },
      }),
    ],
  });
}
function Zl(e, n, t) {
  if (t === "next") return { ...e, row: n.length === 0 ? 0 : (e.row + 1) % n.length };
  let o = n[e.row];
  if (o === void 0) return e;
  let a = e.counts.get(o) ?? 0,
    i = t === "back" ? Math.floor(a / 10) : a * 10 + Number(t);
  return i > 1e6 ? e : { ...e, counts: new Map([...e.counts, [o, i]]) };
}
function Yl(e, n) {
  if (n === null) return e;
  let t = BigInt(n.incrementMinor),
    o = n.tie === "up" ? "HALF_UP" : "HALF_DOWN";
  return L(Number(fr(BigInt(e), t, o) * t));
}
function Da(e, n, { wholeMinor: t, takenMinor: o }, a) {
  let i = (s) => (s >= t ? o : Math.min(Yl(s, a), o));
  return L(i(We(e, n)) - i(e));
}
function Xe(e) {
  return Math.max(0, e.quantityMilli - e.returnedMilli);
}
function Pt({ lines: e, totalMinor: n, roundingMinor: t, orderRoundingMinor: o }, a, i) {
  let s = pr(e.map((v) => Cr(v, $a(v)))),
    l = pr(
      e.map((v) => {
        let z = $a(v),
          P = Math.min(a.get(v.line) ?? 0, Xe(v));
        return ur(Cr(v, z + P), Cr(v, z));
      }),
    ),
    f = (v) => Jl(v, o, n),
    m = We(s, f(s)),
    c = We(s, l),
    b = ur(We(c, f(c)), m),
    S = i === null || o !== 0 ? null : { ...i, incrementMinor: L(i.incrementMinor) },
    u = { wholeMinor: L(n), takenMinor: We(L(n), L(t)) };
  return Da(m, b, u, S);
}
function $a({ quantityMilli: e, returnedMilli: n }) {
  return Math.min(n, e);
}
function Cr({ amountMinor: e, taxOnTopMinor: n, quantityMilli: t }, o) {
  if (t === 0) return L(0);
  let a = L(e - n),
    i = ft(a, o, t);
  return n === 0 || a <= 0 ? i : We(i, ft(L(n), i, a));
}
function Jl(e, n, t) {
  let o = t - n;
  return n === 0 || o <= 0 ? L(0) : ft(L(n), Math.min(e, o), o);
}
function Fa({ shown: e }) {
  let n = d.value,
    t = () => M({ room: e.from }),
    o = ge.value?.order === e.order ? ge.value : null,
    a = o?.content ?? null;
  return r($, {
    name: "order",
    header: r(K, { title: a === null ? n.orderTitle : Ql(a), onBack: t }),
    bar: a === null ? void 0 : r(ad, { content: a, from: e.from }),
    children: r("div", {
      class: "scroll",
      tabIndex: 0,
      children: [
        o !== null && a === null && r("p", { class: "hint", children: W("screen/order_missing") }),
        a !== null && r(ed, { content: a }),
      ],
    }),
  });
}
function Ql(e) {
  let n = d.value,
    t = e.closings.at(-1)?.receipt ?? "";
  return t !== "" ? t : e.label !== "" ? e.label : e.kind === "return" ? n.returnTitle : n.orderTitle;
}
function ed({ content: e }) {
  let n = d.value;
  return r(_, {
    children: [
      e.marks.length > 0 &&
        r("section", {
          class: "marks",
          "aria-label": n.marksTitle,
          children: e.marks.map((t) =>
            r(
              "p",
              {
                class: "mark",
                children: [r(h, { name: "warning", size: 20 }), r("span", { children: W(`mark/${t}`) })],
              },
              t,
            ),
          ),
        }),
      e.returnOf !== "" && r("p", { class: "order-fact", children: n.returnOfReceipt(e.returnOf) }),
      e.reason !== "" && r("p", { class: "order-fact", children: [n.reason, ": ", e.reason] }),
      e.openLines.length > 0 &&
        r(Wa, { title: n.linesTitle, lines: e.openLines, totalMinor: e.openTotalMinor }),
      e.closings.map((t) => r(nd, { closing: t }, t.closing)),
      r("h2", { class: "section", children: n.historyTitle }),
      r("ol", {
        class: "timeline",
        "data-id": "timeline",
        children: e.timeline.map((t, o) => r(td, { row: t }, `${t.timeText} ${o}`)),
      }),
    ],
  });
}
function nd({ closing: e }) {
  let n = d.value;
  return r(_, {
    children: [
      r(Wa, { title: `${e.timeText} · ${n.soldBy(pe(e.clerk))}`, lines: e.lines, totalMinor: e.totalMinor }),
      r("p", {
        class: "order-fact",
        children: [
          e.changeMinor > 0 && `${n.received(p(e.handedMinor))} · ${n.changeWas(p(e.changeMinor))} · `,
          e.roundingMinor !== 0 && `${n.rounding} ${p(e.roundingMinor)} · `,
          n[`print_${e.print}`],
          e.copyCount > 0 && ` · ${n.copies(e.copyCount)}`,
        ],
      }),
    ],
  });
}
function Wa(e) {
  let n = d.value;
  return r("section", {
    class: "sold",
    children: [
      r("h2", { class: "section", children: e.title }),
      e.lines.map((t) =>
        r(
          "p",
          {
            class: "sold-line",
            children: [
              r("span", { class: "sold-quantity", children: [le(se(t.quantityMilli)), " ×"] }),
              r("span", {
                class: "sold-name",
                children: [
                  ae(t.sku, t.name),
                  t.note !== "" && r("span", { class: "line-note", children: t.note }),
                  t.returnedMilli > 0 &&
                    r("span", {
                      class: "sold-returned",
                      children: [
                        r(h, { name: "returned", size: 14 }),
                        Xe(t) === 0 ? n.returnedAll : n.returnedSome(le(se(t.returnedMilli))),
                      ],
                    }),
                ],
              }),
              r("span", { children: p(t.amountMinor) }),
            ],
          },
          t.line,
        ),
      ),
      r("p", {
        class: "sold-total",
        children: [r("span", { children: n.total }), r("span", { children: p(e.totalMinor) })],
      }),
    ],
  });
}
function td({ row: e }) {
  let n = d.value,
    t = [
      e.quantityMilli === null ? "" : `${le(se(e.quantityMilli))} ×`,
      e.detail,
      e.amountMinor === null ? "" : p(e.amountMinor),
    ].filter((o) => o !== "");
  return r("li", {
    class: "step",
    "data-type": e.type,
    children: [
      r("span", { class: "step-time", children: e.timeText }),
      r("span", {
        class: "step-what",
        children: [
          r("span", { class: "step-name", children: rd(n, e.type) }),
          t.length > 0 && r("span", { class: "step-detail", children: t.join(" ") }),
          e.clerk !== "" && r("span", { class: "step-detail", children: pe(e.clerk) }),
        ],
      }),
      r("span", {
        class: "step-signs",
        children: [
          r(Va, { isDone: e.isStored, icon: "disk", label: e.isStored ? n.storedHere : n.storedNot }),
          r(Va, { isDone: e.isSent, icon: "up", label: e.isSent ? n.sentHq : n.sentNot }),
        ],
      }),
    ],
  });
}
function Va(e) {
  return r("span", {
    class: "step-sign",
    "data-done": e.isDone,
    role: "img",
    "aria-label": e.label,
    title: e.label,
    children: [r(h, { name: e.icon, size: 16 }), r(h, { name: e.isDone ? "check" : "clock", size: 14 })],
  });
}
function rd(e, n) {
  let t = `event_${n}`;
  return od(e, t) ? e[t] : e.event_other;
}
function od(e, n) {
  return n in e;
}
function ad({ content: e, from: n }) {
  let t = d.value,
    { order: o } = e;
  if (e.isParked)
    return r(y, {
      id: "recall",
      tone: "primary",
      isDisabled: !g.value,
      onTap: () => C({ type: "recall_order", order: o }),
      children: t.recall,
    });
  let a = e.closings.at(-1);
  if (a === void 0)
    return k.value?.order === o
      ? r(y, { id: "go-on", tone: "primary", onTap: () => M({ room: "sale" }), children: t.goOn })
      : null;
  let i = e.kind === "sale" && a.lines.some((s) => Xe(s) > 0);
  return r(_, {
    children: [
      r(y, {
        id: "copy",
        tone: "secondary",
        icon: "printer",
        isDisabled: !g.value,
        onTap: () => Ee(o),
        children: t.printCopy,
      }),
      e.kind === "sale" &&
        r(y, {
          id: "refund",
          tone: "primary",
          icon: "returned",
          isDisabled: !i,
          onTap: () => M({ room: "refund", order: o, from: n }),
          children: i ? t.refund : t.returnedAll,
        }),
    ],
  });
}
var Ba = ["all", "open", "paid", "returned", "unsent", "parked"];
function Ua(e, n, t, o) {
  if (!id(e, n)) return !1;
  let a = t.normalize("NFKC").toLowerCase().trim();
  if (a === "") return !0;
  let i = o.replace(/[^\d.]/g, "");
  return [e.receipt, e.label, o, i].some((s) => s.toLowerCase().includes(a));
}
function id(e, n) {
  switch (n) {
    case "all":
      return !0;
    case "open":
      return e.phase === "open" || e.phase === "frozen";
    case "paid":
      return e.phase === "closed" && e.kind === "sale";
    case "returned":
      return e.kind === "return" || e.isReturned;
    case "unsent":
      return e.isUnsent;
    case "parked":
      return e.isParked;
  }
}
function j(e) {
  return r("div", {
    class: e.isRow === !0 ? "chips" : "choices",
    role: "radiogroup",
    "aria-label": e.label,
    children: e.choices.map(({ id: n, label: t }) =>
      r(
        "button",
        {
          type: "button",
          class: "chip",
          role: "radio",
          "aria-checked": e.chosen === n,
          "data-id": `${e.name}-${n}`,
          onClick: () => e.onChoose(n),
          children: t,
        },
        n,
      ),
    ),
  });
}
function Ha(e, n, t, o) {
  let a = Math.max(0, Math.min(t, e * n - o)),
    i = Math.max(0, Math.floor(a / n) - 6),
    s = Math.min(e, Math.ceil((a + o) / n) + 6);
  return { first: i, end: s };
}
function za(e) {
  let { rows: n, rowPx: t, draw: o } = e,
    a = Y(null),
    i = x(0),
    s = x(innerHeight);
  uo(() => {
    let b = () => {
      s.value = a.current?.clientHeight ?? innerHeight;
    };
    return (b(), addEventListener("resize", b), () => removeEventListener("resize", b));
  }, []);
  let { first: l, end: f } = Ha(n.length, t, i.value, s.value),
    m = l * t,
    c = (n.length - f) * t;
  return r("div", {
    class: "scroll",
    ref: a,
    onScroll: (b) => {
      i.value = b.currentTarget.scrollTop;
    },
    children: [
      n.length === 0 && r("p", { class: "hint", children: e.hint }),
      r("ul", {
        class: "rows",
        style: { paddingTop: `${m}px`, paddingBottom: `${c}px` },
        children: n.slice(l, f).map((b, S) => o(b, { "aria-posinset": l + S + 1, "aria-setsize": n.length })),
      }),
    ],
  });
}
var sd = 96;
function Ga() {
  let e = d.value,
    n = x(""),
    t = ce.value,
    o = An.value ?? [],
    a = o.filter((s) => Ua(s, Qe.value, n.value, p(s.totalMinor))),
    i =
      t === null
        ? void 0
        : r(y, {
            id: "reprint-last",
            tone: "primary",
            icon: "printer",
            onTap: () => Ee(t.order),
            children: e.reprintLast,
          });
  return r($, {
    name: "orders",
    header: r(K, { title: e.todaysOrders, onBack: () => M({ room: "sale" }) }),
    bar: i,
    children: [
      r(j, {
        name: "filter",
        label: e.filters,
        choices: Ba.map((s) => ({ id: s, label: e[`filter_${s}`] })),
        chosen: Qe.value,
        isRow: !0,
        onChoose: (s) => {
          Qe.value = s;
        },
      }),
      r("div", {
        class: "search-line",
        children: r("input", {
          class: "text-entry",
          "data-id": "order-query",
          type: "search",
          autocomplete: "off",
          placeholder: e.searchOrders,
          "aria-label": e.searchOrders,
          onInput: (s) => {
            n.value = s.currentTarget.value;
          },
        }),
      }),
      r(za, {
        rows: a,
        rowPx: sd,
        hint: o.length === 0 ? e.noOrders : e.noOrdersLike,
        draw: (s, l) => r(dd, { row: s, place: l }, s.order),
      }),
    ],
  });
}
var ld = { open: "note", frozen: "note", closed: "check", voided: "close" };
function dd({ row: e, place: n }) {
  let t = d.value,
    o = e.label !== "" ? e.label : e.receipt;
  return r("li", {
    class: "row row-order",
    "data-phase": e.phase,
    ...n,
    children: [
      r("button", {
        type: "button",
        class: "row-open",
        "data-id": "row",
        onClick: () => M({ room: "order", order: e.order, from: "orders" }),
        children: [
          r("span", { class: "row-time", children: e.timeText }),
          r("span", {
            class: "row-main",
            children: [
              r("span", { class: "row-amount", children: p(e.totalMinor) }),
              r("span", { class: "row-signs", children: r(ud, { row: e }) }),
              r("span", {
                class: "row-detail",
                children: [t.items(e.itemCount), o !== "" && r("span", { children: [" · ", o] })],
              }),
            ],
          }),
        ],
      }),
      e.receipt !== "" &&
        r("button", {
          type: "button",
          class: "square",
          "data-id": "reprint",
          "aria-label": t.reprintOf(e.receipt),
          onClick: () => Ee(e.order),
          children: r(h, { name: "printer" }),
        }),
    ],
  });
}
function cd(e) {
  let n = d.value;
  return [
    !e.isStored && { id: "row-unstored", icon: "warning", tone: "badge-red", word: n.notStored },
    e.markCount > 0 && {
      id: "row-marks",
      icon: "warning",
      tone: "badge-red",
      word: n.marksBadge(e.markCount),
    },
    (e.print === "failed" || e.print === "unknown") && {
      id: "row-print",
      icon: "printer",
      tone: "badge-red",
      word: n[`print_${e.print}`],
    },
    e.isUnsent && { id: "row-unsent", icon: "up", tone: "badge-amber", word: n.notSent },
    e.isReturned && { id: "row-returned", icon: "returned", tone: "", word: n.returns },
  ].filter((o) => o !== !1);
}
function ud({ row: e }) {
  let n = d.value,
    t = e.kind === "return" && e.phase === "closed" ? "refunded" : e.phase,
    o = cd(e);
  return r(_, {
    children: [
      r("span", {
        class: "badge",
        "data-phase": e.phase,
        children: [
          r(h, { name: e.isParked ? "pause" : ld[e.phase], size: 14 }),
          e.isParked ? n.parkedBadge : n[`phase_${t}`],
        ],
      }),
      o.map(({ id: a, icon: i, tone: s, word: l }) =>
        r(
          "span",
          {
            class: `badge ${s}`,
            "data-id": a,
            children: [
              r(h, { name: i, size: 14 }),
              o.length === 1 ? l : r("span", { class: "spoken", children: l }),
            ],
          },
          a,
        ),
      ),
    ],
  });
}
var fd = {
    void: ["reason_mistake", "reason_left", "reason_unwanted", "reason_test"],
    no_sale: ["reason_help", "reason_check", "reason_mistake"],
    refund: ["reason_unwanted", "reason_damaged", "reason_wrongItem", "reason_late"],
    pay_in: ["reason_change", "reason_bank"],
    pay_out: ["reason_supplies", "reason_delivery", "reason_change"],
    drop: ["reason_safe", "reason_bank"],
    difference: ["reason_counted", "reason_wrongChange"],
    discount: ["reason_damaged", "reason_regular", "reason_priceSeen", "reason_waited"],
    card: ["reason_slipSeen", "reason_bankAsked", "reason_guestWaits"],
  },
  At = "own";
function _e(e) {
  let n = d.value,
    t = x(!1),
    o = fd[e.list].map((i) => ({ id: i, label: n[i] })),
    a = o.find(({ label: i }) => i === e.reason)?.id ?? "";
  return r(_, {
    children: [
      r(j, {
        name: "reason",
        label: n.reason,
        choices: [...o, { id: At, label: n.reasonOwn }],
        chosen: t.value ? At : a,
        onChoose: (i) => {
          ((t.value = i === At), e.onReason(i === At ? "" : n[i]));
        },
      }),
      t.value &&
        r("input", {
          class: "text-entry",
          "data-id": "reason-text",
          type: "text",
          maxLength: 200,
          placeholder: n.reasonOwnHint,
          "aria-label": n.reasonOwn,
          onInput: (i) => e.onReason(i.currentTarget.value.trim()),
        }),
    ],
  });
}
var Xa = 1e3;
function qa({ shown: e }) {
  let t = (ge.value?.order === e.order ? ge.value.content : null)?.closings.at(-1),
    o = () => M({ room: "order", order: e.order, from: e.from });
  return t === void 0
    ? r($, {
        name: "refund",
        header: r(K, { title: d.value.refund, onBack: o }),
        children: r("p", { class: "hint" }),
      })
    : r(hd, { closing: t, onBack: o }, t.closing);
}
function hd({ closing: e, onBack: n }) {
  let t = d.value,
    o = x(""),
    a = x(new Map()),
    i = (c) => Math.min(a.value.get(c.line) ?? Xe(c), Xe(c)),
    s = new Map(e.lines.map((c) => [c.line, i(c)])),
    l = Pt(e, s, I.value?.cashRounding ?? null),
    f = [...s].filter(([, c]) => c > 0).map(([c, b]) => ({ line: c, quantityMilli: b })),
    m = r(y, {
      id: "refund-confirm",
      tone: "primary",
      isDisabled: f.length === 0 || o.value === "" || !g.value,
      onTap: () => C({ type: "refund", closing: e.closing, lines: f, reason: o.value }),
      children: f.length === 0 ? t.refundNothing : o.value === "" ? t.reasonChoose : t.refundPay(p(l)),
    });
  return r($, {
    name: "refund",
    header: r(K, { title: t.refundTitle(e.receipt), onBack: n }),
    bar: m,
    children: [
      r("div", {
        class: "scroll",
        children: r("ul", {
          class: "refund-lines",
          children: e.lines.map((c) =>
            r(
              md,
              {
                line: c,
                chosenMilli: i(c),
                onChoose: (b) => {
                  a.value = new Map([...a.value, [c.line, b]]);
                },
              },
              c.line,
            ),
          ),
        }),
      }),
      r("section", {
        class: "refund-foot",
        children: [
          r("p", {
            class: "amount-line",
            "aria-live": "polite",
            children: [
              r("span", { class: "field-label", children: t.refundAmount }),
              r("span", { class: "entry", "data-id": "refund-amount", children: p(l) }),
            ],
          }),
          r(_e, {
            list: "refund",
            reason: o.value,
            onReason: (c) => {
              o.value = c;
            },
          }),
        ],
      }),
    ],
  });
}
function md(e) {
  let { line: n, chosenMilli: t, onChoose: o } = e,
    a = d.value,
    i = ae(n.sku, n.name),
    s = Xe(n),
    l = s % Xa === 0 ? Xa : s;
  return r("li", {
    class: "refund-line",
    "data-chosen": t > 0,
    children: [
      r("span", {
        class: "line-name",
        children: [
          i,
          r("span", { class: "line-each", children: p(n.amountMinor) }),
          s === 0 && r("span", { class: "sold-returned", children: a.returnedAll }),
        ],
      }),
      r("span", {
        class: "stepper",
        children: [
          r("button", {
            type: "button",
            class: "square",
            "data-id": "minus",
            "aria-label": a.oneMinus(i),
            disabled: t === 0,
            onClick: () => o(Math.max(0, t - l)),
            children: r(h, { name: "minus" }),
          }),
          r("span", {
            class: "refund-quantity",
            "data-id": "quantity",
            children: a.refundOf(le(se(t)), le(se(s))),
          }),
          r("button", {
            type: "button",
            class: "square",
            "data-id": "plus",
            "aria-label": a.onePlus(i),
            disabled: t >= s,
            onClick: () => o(Math.min(s, t + l)),
            children: r(h, { name: "plus" }),
          }),
        ],
      }),
    ],
  });
}
function Ka() {
  let e = d.value,
    n = ce.value;
  if (n === null) return null;
  let t = n.totalMinor < 0,
    o = n.changeMinor > 0;
  return r("section", {
    class: "done",
    "data-id": "done",
    "aria-live": "assertive",
    children: [
      r("div", {
        class: "done-head",
        children: [
          r("span", { class: "done-mark", children: r(h, { name: "check", size: 28 }) }),
          r("div", {
            children: [
              r("p", {
                class: "done-paid",
                children: t ? e.paidOut(p(-n.totalMinor)) : e.paid(p(n.totalMinor)),
              }),
              r("p", { class: "done-receipt", children: n.receipt }),
            ],
          }),
        ],
      }),
      r("div", {
        class: "done-change",
        children: [
          r("span", { class: "done-label", children: o ? e.change : e.noChange }),
          r("span", { class: "big", "data-id": "change", children: p(o ? n.changeMinor : 0) }),
        ],
      }),
      r("p", {
        class: "done-facts",
        children: [r("span", { children: o ? e.received(p(n.handedMinor)) : "" }), r(_d, { sale: n })],
      }),
      r("div", {
        class: "done-actions",
        children: [
          r("button", {
            type: "button",
            class: "button quiet",
            "data-id": "done-reprint",
            onClick: () => Ee(n.order),
            children: [r(h, { name: "printer", size: 20 }), e.reprint],
          }),
          r("button", {
            type: "button",
            class: "button secondary",
            "data-id": "next-sale",
            onClick: aa,
            children: e.nextSale,
          }),
        ],
      }),
    ],
  });
}
function _d({ sale: e }) {
  let n = e.print === "failed" || e.print === "unknown";
  return r("span", {
    class: "print",
    "data-print": e.print,
    "data-warn": n,
    children: [r(h, { name: n ? "warning" : "printer", size: 18 }), d.value[`print_${e.print}`]],
  });
}
function ja({ sku: e, isByWeight: n }) {
  if (!n) {
    fa(e);
    return;
  }
  (J.value === "hidden" && ct()) ||
    (re(() => {
      ((J.value = "hidden"), (F.value = null));
    }),
    Za("weigh", e));
}
function Mr(e) {
  Za(e, "");
}
function Za(e, n) {
  let t = D.value;
  we((o) => ({ kind: "scale", n: o, clerk: t, action: e, sku: n }));
}
var yd = 3;
function Ya() {
  let e = Pn.value;
  if (e === null) return null;
  let n = d.value,
    o =
      e.state === "stable" || e.state === "empty"
        ? n.kilograms(In(L(e.weightGrams), yd))
        : n[`scale_${e.state}`];
  return r("div", {
    class: "scale",
    "data-id": "scale",
    "data-state": e.state,
    children: [
      r("span", {
        class: "scale-weight",
        role: "status",
        children: [o, e.isNet && r("span", { class: "scale-net", children: n.scaleNet })],
      }),
      r("button", {
        type: "button",
        class: "scale-key",
        "data-id": "scale-zero",
        onClick: () => Mr("zero"),
        children: n.scaleZero,
      }),
      r("button", {
        type: "button",
        class: "scale-key",
        "data-id": "scale-tare",
        onClick: () => Mr(e.isNet ? "clear_tare" : "tare"),
        children: e.isNet ? n.scaleClearTare : n.scaleTare,
      }),
    ],
  });
}
function Ja() {
  let e = { id: "", nameEn: d.value.allItems, nameZh: d.value.allItems };
  return r("nav", {
    class: "chips",
    children: [e, ...(I.value?.categories ?? [])].map((n) =>
      r(
        "button",
        {
          type: "button",
          class: "chip",
          "data-id": `category-${n.id}`,
          "aria-pressed": Vn.value === n.id,
          onClick: () => {
            Vn.value = n.id;
          },
          children: tn(n),
        },
        n.id,
      ),
    ),
  });
}
function Qa() {
  let e = Vn.value,
    n = I.value?.items ?? [];
  return r(xr, { items: e === "" ? n : n.filter((t) => t.category === e) });
}
function xr({ items: e }) {
  return r(_, {
    children: [
      r("div", {
        class: "tiles",
        children: e.slice(0, $e).map((n) => r(vd, { item: n, count: kr.value.get(n.sku) ?? 0 }, n.sku)),
      }),
      e.length > $e && r("p", { class: "hint", children: d.value.moreBySearch }),
    ],
  });
}
function gd({ priceMinor: e, isByWeight: n }) {
  return n ? d.value.perKilogram(p(e)) : p(e);
}
function vd({ item: e, count: n }) {
  return r("button", {
    type: "button",
    class: "tile",
    "data-id": `item-${e.sku}`,
    "data-sold-out": Mt(e),
    "data-chosen": n > 0,
    onClick: () => ja(e),
    children: [
      r("span", { class: "tile-name", children: tn(e) }),
      r("span", {
        class: "tile-foot",
        children: [
          r("span", { class: "tile-price", children: Mt(e) ? d.value.soldOut : gd(e) }),
          n > 0 && r("span", { class: "tile-count", children: n }),
        ],
      }),
    ],
  });
}
function ei() {
  let e = k.value,
    n = e === null || e.lines.length === 0;
  return r($, {
    name: "sale",
    header: r(kd, {}),
    bar: n ? r(Sd, {}) : r(Td, { current: e }),
    children: [
      r(Ja, {}),
      r(Ya, {}),
      r("div", { class: "scroll", children: r(Qa, {}) }),
      n ? r(wd, {}) : r(bd, { current: e }),
      r("p", {
        class: "spoken",
        "aria-live": "polite",
        children: n ? "" : `${d.value.total} ${p(e.totalMinor)}`,
      }),
      J.value !== "hidden" && n && r(Ka, {}),
    ],
  });
}
function kd() {
  let e = d.value,
    n = pe(D.value);
  return r(_, {
    children: [
      r("h1", {
        class: "title",
        children: [
          r("span", { class: "avatar avatar-small", "aria-hidden": "true", children: Wn(n) }),
          r("span", { class: "title-text", children: n }),
        ],
      }),
      r(on, { icon: "search", id: "search", label: e.search, onTap: () => T({ kind: "search" }) }),
      r(on, { icon: "orders", id: "orders", label: e.orders, onTap: () => M({ room: "orders" }) }),
      r(on, { icon: "more", id: "menu", label: e.more, onTap: () => T({ kind: "menu" }) }),
    ],
  });
}
function bd({ current: e }) {
  let n = d.value,
    t = e.lines.at(-1);
  if (t === void 0) return null;
  let o = ae(t.sku, t.name);
  return r("div", {
    class: "peek",
    children: [
      r("button", {
        type: "button",
        class: "peek-line",
        "data-id": "cart",
        onClick: () => T({ kind: "cart" }),
        children: [
          r("span", { class: "spoken", children: n.openCart }),
          r("span", { class: "peek-count", children: e.itemCount }),
          r("span", {
            class: "peek-name",
            children: [
              o,
              r("span", {
                class: "peek-detail",
                children: [le(se(t.quantityMilli)), " × ", p(t.unitPriceMinor)],
              }),
            ],
          }),
          r("span", { class: "peek-amount", children: p(t.amountMinor) }),
        ],
      }),
      r("button", {
        type: "button",
        class: "square",
        "data-id": "undo",
        "aria-label": n.undoLast,
        disabled: !e.canUndo || !g.value,
        onClick: () => C({ type: "undo", order: e.order }),
        children: r(h, { name: "undo" }),
      }),
    ],
  });
}
function wd() {
  let e = d.value,
    n = ce.value;
  return n === null
    ? null
    : r("div", {
        class: "peek",
        children: r("button", {
          type: "button",
          class: "peek-line peek-last",
          "data-id": "last",
          onClick: oa,
          children: [
            r(h, { name: "check", size: 20 }),
            r("span", {
              class: "peek-name",
              children: [
                e.lastSale(p(n.totalMinor)),
                n.changeMinor > 0 &&
                  r("span", { class: "peek-detail", children: e.changeWas(p(n.changeMinor)) }),
              ],
            }),
          ],
        }),
      });
}
function Sd() {
  let e = d.value,
    n = ue.value?.parkedCount ?? 0,
    t = () => {
      ((Qe.value = "parked"), M({ room: "orders" }));
    };
  return r(_, {
    children: [
      n > 0 && r(y, { id: "parked", tone: "secondary", icon: "pause", onTap: t, children: e.parkedCount(n) }),
      r("button", { type: "button", class: "button idle", disabled: !0, children: e.cartEmpty }),
    ],
  });
}
function Td({ current: e }) {
  let n = d.value,
    t = !g.value;
  if (e.kind === "return")
    return r(y, {
      id: "pay-out",
      tone: "primary",
      isDisabled: t,
      onTap: () => C({ type: "pay_out_cash", order: e.order }),
      children: [n.payOut, " ", p(e.cashLeftMinor)],
    });
  if (e.totalMinor === 0)
    return r(y, {
      id: "close-free",
      tone: "primary",
      isDisabled: t,
      onTap: () => C({ type: "close_without_tender", order: e.order }),
      children: n.closeFree,
    });
  let o = p(e.totalMinor);
  return r(_, {
    children: [
      r("button", {
        type: "button",
        class: "button secondary",
        "data-id": "cash-exact",
        disabled: t,
        onClick: () => Un(e, e.cashLeftMinor),
        children: [n.cashExact, r("span", { class: "spoken", children: p(e.cashLeftMinor) })],
      }),
      r("button", {
        type: "button",
        class: "button primary pay",
        "data-id": "pay",
        disabled: t,
        onClick: Nt,
        children: [
          r("span", { children: n.pay }),
          r("span", { class: "pay-amount", children: o }),
          r("span", { class: "pay-count", children: ["· ", e.itemCount] }),
        ],
      }),
    ],
  });
}
var Cd = { en: En.languageName, zh: wt.languageName },
  Md = ["9600", "19200", "38400", "115200"],
  xd = "9100",
  Rd = 65535;
function ni() {
  let e = d.value,
    n = Dn.value;
  return r($, {
    name: "settings",
    header: r(K, { title: e.settings, onBack: () => M({ room: "sale" }) }),
    children: r("div", {
      class: "scroll",
      children: [
        r("h2", { class: "section", children: e.language }),
        r(j, {
          name: "language",
          label: e.language,
          choices: gt.map((t) => ({ id: t, label: Cd[t] })),
          chosen: Ge.value,
          onChoose: Et,
        }),
        r("h2", { class: "section", children: e.hand }),
        r(j, {
          name: "hand",
          label: e.hand,
          choices: [
            { id: "left", label: e.hand_left },
            { id: "right", label: e.hand_right },
          ],
          chosen: Hn.value,
          onChoose: (t) => {
            Hn.value = t;
          },
        }),
        r("h2", { class: "section", children: e.brightness }),
        r(Od, {}),
        r("h2", { class: "section", children: e.printer }),
        n !== null && r(Ed, { panel: n }, JSON.stringify(n.printer)),
      ],
    }),
  });
}
function Od() {
  let e = d.value,
    n = zn.findIndex((o) => o === rn.value),
    t = (o) => {
      rn.value = zn[n + o] ?? rn.value;
    };
  return r("div", {
    class: "brightness",
    children: [
      r("button", {
        type: "button",
        class: "square",
        "data-id": "darker",
        "aria-label": e.darker,
        disabled: n === 0,
        onClick: () => t(-1),
        children: r(h, { name: "minus" }),
      }),
      r("span", { class: "line-quantity", "aria-live": "polite", children: [rn.value, " %"] }),
      r("button", {
        type: "button",
        class: "square",
        "data-id": "brighter",
        "aria-label": e.brighter,
        disabled: n === zn.length - 1,
        onClick: () => t(1),
        children: r(h, { name: "plus" }),
      }),
    ],
  });
}
function Nd({ printer: e, models: n, serialPaths: t }) {
  let o = e?.address;
  return {
    kind: o?.kind ?? "tcp",
    host: o?.kind === "tcp" ? o.host : "",
    port: o?.kind === "tcp" ? String(o.port) : xd,
    path: o?.kind === "serial" ? o.path : (t[0] ?? ""),
    baud: o?.kind === "serial" ? String(o.baudRate) : "9600",
    model: e?.model ?? n[0] ?? "",
  };
}
function Id(e) {
  if (e.model === "") return null;
  if (e.kind === "serial") {
    let { path: a, baud: i } = e;
    return a === "" ? null : { address: { kind: "serial", path: a, baudRate: Number(i) }, model: e.model };
  }
  let n = Number(e.port),
    t = Number.isSafeInteger(n) && n > 0 && n <= Rd,
    o = e.host.trim();
  return t && o !== "" ? { address: { kind: "tcp", host: o, port: n }, model: e.model } : null;
}
function Ed({ panel: e }) {
  let n = d.value,
    t = x(Nd(e)),
    o = (i) => {
      t.value = { ...t.value, ...i };
    },
    a = Id(t.value);
  return r("div", {
    class: "printer-form",
    children: [
      r("p", { class: "card-hint", children: e.printer === null ? n.printerNone : Pd(e.printer) }),
      r(j, {
        name: "printer-kind",
        label: n.printer,
        choices: [
          { id: "tcp", label: n.printerTcp },
          { id: "serial", label: n.printerSerial },
        ],
        chosen: t.value.kind,
        onChoose: (i) => o({ kind: i }),
      }),
      t.value.kind === "tcp"
        ? r(Ad, { entry: t.value, onChange: o })
        : r(Ld, { entry: t.value, paths: e.serialPaths, onChange: o }),
      r("p", { class: "field-label", children: n.printerModel }),
      r(j, {
        name: "model",
        label: n.printerModel,
        choices: e.models.map((i) => ({ id: i, label: i })),
        chosen: t.value.model,
        onChoose: (i) => o({ model: i }),
      }),
      r("div", {
        class: "form-buttons",
        children: [
          r(y, {
            id: "printer-test",
            tone: "secondary",
            isDisabled: e.printer === null || !g.value,
            onTap: ua,
            children: n.printerTest,
          }),
          r(y, {
            id: "printer-save",
            tone: "primary",
            isDisabled: a === null || !g.value,
            onTap: () => a !== null && ca(a),
            children: n.printerSave,
          }),
        ],
      }),
    ],
  });
}
function Pd({ address: e, model: n }) {
  let t = e.kind === "tcp" ? `${e.host}:${e.port}` : `${e.path} ${e.baudRate}`;
  return d.value.printerPaired(t, n);
}
function Ad({ entry: e, onChange: n }) {
  let t = d.value;
  return r("div", {
    class: "fields",
    children: [
      r("label", {
        class: "field",
        children: [
          r("span", { class: "field-label", children: t.printerHost }),
          r("input", {
            class: "text-entry",
            "data-id": "printer-host",
            type: "text",
            inputMode: "decimal",
            autocomplete: "off",
            placeholder: "192.168.1.80",
            value: e.host,
            onInput: (o) => n({ host: o.currentTarget.value }),
          }),
        ],
      }),
      r("label", {
        class: "field field-short",
        children: [
          r("span", { class: "field-label", children: t.printerPort }),
          r("input", {
            class: "text-entry",
            "data-id": "printer-port",
            type: "text",
            inputMode: "numeric",
            autocomplete: "off",
            value: e.port,
            onInput: (o) => n({ port: o.currentTarget.value }),
          }),
        ],
      }),
    ],
  });
}
function Ld({ entry: e, onChange: n, paths: t }) {
  let o = d.value;
  return t.length === 0
    ? r("p", { class: "hint", children: o.noSerial })
    : r(_, {
        children: [
          r("p", { class: "field-label", children: o.printerPath }),
          r(j, {
            name: "path",
            label: o.printerPath,
            choices: t.map((a) => ({ id: a, label: a.replace(/^.*\//, "") })),
            chosen: e.path,
            onChoose: (a) => n({ path: a }),
          }),
          r("p", { class: "field-label", children: o.printerBaud }),
          r(j, {
            name: "baud",
            label: o.printerBaud,
            choices: Md.map((a) => ({ id: a, label: a })),
            chosen: e.baud,
            onChoose: (a) => n({ baud: a }),
          }),
        ],
      });
}
function ri() {
  let e = d.value,
    n = Ne.value,
    t = () => M({ room: "sale" });
  return r($, {
    name: "shift",
    header: r(K, { title: e.shift, onBack: t }),
    bar: n === null ? void 0 : r($d, { panel: n }),
    children: r("div", { class: "scroll", children: n !== null && r(Dd, { panel: n }) }),
  });
}
function Dd({ panel: e }) {
  let n = d.value;
  return r(_, {
    children: [
      e.open.length === 0 &&
        r("div", {
          class: "greeting",
          children: [r("h2", { children: n.shiftNone }), r("p", { children: n.shiftNoneHint })],
        }),
      e.open.map((t) => r(Vd, { shift: t, unsentCount: e.unsentCount }, t.shift)),
      e.joinable.map(({ shift: t, drawer: o, terminal: a, clerk: i }) =>
        r(
          y,
          {
            id: `join-${o}`,
            tone: "quiet",
            icon: "drawer",
            onTap: () => C({ type: "join_shift", shift: t }),
            children: n.joinShift(o, `${a} ${pe(i)}`.trim()),
          },
          t,
        ),
      ),
      e.closed.length > 0 && r("h2", { class: "section", children: n.closedShifts }),
      r("ul", { class: "rows", children: e.closed.map((t) => r(Bd, { closed: t }, t.closing)) }),
    ],
  });
}
function $d({ panel: e }) {
  let n = d.value,
    [t] = e.freeDrawers,
    o = e.open.filter(({ isOwn: i }) => i),
    [a] = o;
  return a !== void 0 && o.length === 1 && a.counted === null
    ? r(_, {
        children: [
          t !== void 0 && r(ti, { panel: e, tone: "secondary" }),
          r(y, {
            id: "count",
            tone: "primary",
            onTap: () => M({ room: "count", shift: a.shift }),
            children: n.countDrawer,
          }),
        ],
      })
    : t === void 0
      ? null
      : r(ti, { panel: e, tone: e.open.length === 0 ? "primary" : "secondary" });
}
function ti(e) {
  let n = d.value;
  return e.panel.freeDrawers.map((t) =>
    r(
      y,
      {
        id: `open-${t}`,
        tone: e.tone,
        onTap: () => T({ kind: "amount", ask: "float", drawer: t }),
        children: e.panel.freeDrawers.length === 1 ? n.shiftOpen : n.shiftOpenFor(t),
      },
      t,
    ),
  );
}
function Vd({ shift: e, unsentCount: n }) {
  let t = d.value;
  return r("section", {
    class: "card",
    "data-id": `shift-${e.drawer}`,
    children: [
      r("h2", { children: [t.drawer(e.drawer), e.clerk !== "" && ` · ${pe(e.clerk)}`] }),
      r("p", {
        class: "card-hint",
        children: [
          t.businessDate,
          " ",
          e.businessDate,
          " ·",
          " ",
          t.openedAt(e.openedText.replace(`${e.businessDate} `, "")),
        ],
      }),
      e.isOwn && e.counted !== null && r(Wd, { shift: e, counted: e.counted, unsentCount: n }),
      r("dl", {
        class: "figures",
        children: [
          r(an, { name: t.float, value: p(e.floatMinor) }),
          r(an, { name: t.sales, value: String(e.saleCount) }),
          r(an, { name: t.returns, value: String(e.returnCount) }),
          r(an, { name: t.noSales, value: String(e.noSaleCount) }),
        ],
      }),
      r(Fd, { shift: e }),
      !e.isOwn && r("p", { class: "card-hint", children: t.shiftOther }),
    ],
  });
}
function Fd({ shift: e }) {
  let n = d.value,
    t = (a) => () => T({ kind: "amount", ask: a, drawer: e.drawer }),
    o = () => C({ type: "report_shift", shift: e.shift });
  return r("div", {
    class: "tools",
    children: [
      r(wn, { id: "x-report", icon: "printer", label: n.reportX, onTap: o }),
      e.isMine &&
        r(_, {
          children: [
            r(wn, { id: "pay-in", icon: "plus", label: n.payIn, onTap: t("pay_in") }),
            r(wn, { id: "pay-out-cash", icon: "minus", label: n.payOutCash, onTap: t("pay_out") }),
            r(wn, { id: "drop", icon: "shield", label: n.drop, onTap: t("drop") }),
            r(wn, {
              id: "no-sale",
              icon: "drawer",
              label: n.noSale,
              onTap: () => T({ kind: "reason", ask: "no_sale" }),
            }),
          ],
        }),
      e.isOwn &&
        r(wn, {
          id: "count-tool",
          icon: "note",
          label: e.counted === null ? n.countDrawer : n.countAgain,
          onTap: () => M({ room: "count", shift: e.shift }),
        }),
    ],
  });
}
function wn(e) {
  return r("button", {
    type: "button",
    class: "tool",
    "data-id": e.id,
    disabled: !g.value,
    onClick: e.onTap,
    children: [r(h, { name: e.icon, size: 22 }), e.label],
  });
}
function Wd(e) {
  let { shift: n, counted: t } = e,
    o = d.value,
    a = x(""),
    i = t.differenceMinor === 0;
  return r("div", {
    class: "counted",
    children: [
      r("dl", {
        class: "figures",
        "data-id": "counted",
        children: [
          r(an, { name: o.counted, value: p(t.countedMinor) }),
          r(an, { name: o.expected, value: p(t.expectedMinor) }),
          r(an, { name: o.difference, value: i ? o.differenceNone : oi(t.differenceMinor), isWarning: !i }),
        ],
      }),
      !i &&
        r(_, {
          children: [
            r("p", { class: "field-label", children: o.differenceWhy }),
            r(_e, {
              list: "difference",
              reason: a.value,
              onReason: (s) => {
                a.value = s;
              },
            }),
          ],
        }),
      e.unsentCount > 0 && r("p", { class: "card-hint", children: W("shift/unsent") }),
      r(y, {
        id: "close-shift",
        tone: "primary",
        isDisabled: (!i && a.value === "") || !g.value,
        onTap: () => C({ type: "close_shift", shift: n.shift, reason: a.value }),
        children: o.closeShift,
      }),
    ],
  });
}
function oi(e) {
  return e > 0 ? `+${p(e)}` : p(e);
}
function an(e) {
  return r("div", {
    class: "figure",
    "data-warn": e.isWarning ?? !1,
    children: [r("dt", { children: e.name }), r("dd", { children: e.value })],
  });
}
function Bd({ closed: e }) {
  let n = d.value;
  return r("li", {
    class: "row",
    children: [
      r("span", {
        class: "row-main",
        children: [
          r("span", { class: "row-amount", children: n.zNumber(e.zNumber) }),
          r("span", { class: "row-detail", children: [n.drawer(e.drawer), " · ", e.closedText] }),
          e.differenceMinor !== 0 &&
            r("span", {
              class: "row-signs",
              children: r("span", {
                class: "badge badge-amber",
                children: [r(h, { name: "warning", size: 14 }), n.difference, " ", oi(e.differenceMinor)],
              }),
            }),
        ],
      }),
      r("button", {
        type: "button",
        class: "square",
        "data-id": `print-z-${e.zNumber}`,
        "aria-label": n.printZ(e.zNumber),
        onClick: () => C({ type: "print_report", closing: e.closing }),
        children: r(h, { name: "printer" }),
      }),
    ],
  });
}
function ai() {
  let e = d.value,
    n = r(_, {
      children: [
        r("h1", {
          class: "title title-shop",
          children: r("span", { class: "title-text", children: I.value?.shopName ?? "" }),
        }),
        r(on, { icon: "more", id: "menu", label: e.more, onTap: () => T({ kind: "menu" }) }),
      ],
    });
  return r($, {
    name: "sign-on",
    header: n,
    children: [
      r("div", {
        class: "greeting",
        children: [r("h2", { children: e.whoSells }), r("p", { children: e.whoSellsHint })],
      }),
      r("div", {
        class: "scroll",
        children: r("div", {
          class: "clerks",
          children: I.value?.staff.map((t) =>
            r(
              "button",
              {
                type: "button",
                class: "clerk",
                "data-id": `clerk-${t.clerk}`,
                onClick: () => pa(t),
                children: [
                  r("span", { class: "avatar", children: Wn(t.name) }),
                  r("span", { class: "clerk-name", children: t.name }),
                  t.hasPin &&
                    r("span", {
                      class: "clerk-sign",
                      children: [
                        r(h, { name: "lock", size: 14 }),
                        ke.value?.lockedClerks.includes(t.clerk) === !0 ? e.locked : e.hasPin,
                      ],
                    }),
                ],
              },
              t.clerk,
            ),
          ),
        }),
      }),
    ],
  });
}
function ii() {
  let e = d.value,
    n = x(""),
    t = Ln.value,
    o = (t?.items ?? []).filter((a) => Ud(a, n.value));
  return r($, {
    name: "stock",
    header: r(K, { title: e.stock, onBack: () => M({ room: "sale" }) }),
    children: [
      r("div", {
        class: "search-line",
        children: r("input", {
          class: "text-entry",
          "data-id": "stock-query",
          type: "search",
          autocomplete: "off",
          placeholder: e.stockSearch,
          "aria-label": e.stockSearch,
          onInput: (a) => {
            n.value = a.currentTarget.value;
          },
        }),
      }),
      r("div", {
        class: "scroll",
        children: [
          n.value === "" &&
            (t?.alerts.length ?? 0) > 0 &&
            r("section", {
              class: "card alerts",
              "data-id": "alerts",
              children: [
                r("h2", { children: e.alerts }),
                t?.alerts.map(({ sku: a, levelMilli: i, targetMilli: s }) =>
                  r(
                    "p",
                    {
                      class: "alert",
                      children: [
                        r(h, { name: "warning", size: 18 }),
                        r("span", { class: "alert-name", children: ae(a, a) }),
                        r("span", { children: e.alertLevel(le(se(i)), le(se(s))) }),
                      ],
                    },
                    a,
                  ),
                ),
              ],
            }),
          t !== null && o.length === 0 && r("p", { class: "hint", children: e.searchNothing }),
          r("ul", { class: "rows", children: o.slice(0, $e).map((a) => r(Hd, { item: a }, a.sku)) }),
          o.length > $e && r("p", { class: "hint", children: e.moreBySearch }),
        ],
      }),
    ],
  });
}
function Ud(e, n) {
  let t = n.normalize("NFKC").toLowerCase().trim(),
    o = [e.sku, e.nameEn, e.nameZh];
  return t === "" || o.some((a) => a.toLowerCase().includes(t));
}
function Hd({ item: e }) {
  let n = d.value,
    t = tn(e),
    o = () => Q({ type: "set_sold_out", sku: e.sku, isSoldOut: !e.isSoldOut });
  return r("li", {
    class: "row stock-row",
    children: [
      r("span", {
        class: "row-main",
        children: [
          r("span", { class: "stock-name", children: t }),
          r("span", { class: "row-detail", children: e.sku }),
        ],
      }),
      r("button", {
        type: "button",
        class: "switch",
        role: "switch",
        "aria-checked": !e.isSoldOut,
        "data-id": `sold-out-${e.sku}`,
        onClick: o,
        children: [
          r(h, { name: e.isSoldOut ? "close" : "check", size: 18 }),
          r("span", {
            children: [
              r("span", { class: "spoken", children: [t, " "] }),
              e.isSoldOut ? n.soldOut : n.onSale,
            ],
          }),
        ],
      }),
    ],
  });
}
function si({ current: e, enteredMinor: n }) {
  let t = d.value,
    { readers: o } = X.value;
  if (o.length === 0) return null;
  let i = n > 0 && n < e.leftMinor ? n : null;
  return r(_, {
    children: o.map((s) =>
      r(
        "button",
        {
          type: "button",
          class: "note reader",
          "data-id": `reader-${s.name}`,
          "data-link": s.link,
          disabled: !g.value || s.serial === "" || n > e.leftMinor || (ze.value !== null && i === null),
          onClick: () => va(e, s.name, i),
          children: [
            r(h, { name: "card", size: 22 }),
            r("span", {
              class: "note-word",
              children: i !== null ? p(i) : o.length === 1 ? t.cardPay : s.name,
            }),
          ],
        },
        s.name,
      ),
    ),
  });
}
function li() {
  let e = d.value,
    n = ze.value;
  return n === null
    ? null
    : r("p", {
        class: "card-armed",
        "data-id": "card-armed",
        role: "status",
        children: [
          r(h, { name: "card", size: 20 }),
          r("span", { children: [e[`cardStep_${n.prompt?.step ?? "connecting"}`], " ", p(n.amountMinor)] }),
        ],
      });
}
function Lt() {
  let e = X.value.tenders.findLast((n) => n.isCurrent);
  return e === void 0 || (e.status !== "declined" && e.status !== "reversed")
    ? null
    : r("p", {
        class: "card-failure",
        "data-id": "card-failure",
        role: "status",
        children: [
          r(h, { name: "warning", size: 20 }),
          r("span", { children: [e.text === "" ? "" : `${e.text}. `, e.sentence] }),
        ],
      });
}
function di() {
  let e = d.value,
    n = X.value.tenders.filter((i) => i.isCurrent),
    t = n.filter((i) => i.status === "captured" && i.kind === "pay"),
    o = n.filter((i) => i.status === "captured" && i.kind === "reverse"),
    a = t.filter((i) => !o.some((s) => s.amountMinor === -i.amountMinor && s.reader === i.reader));
  return a.length === 0
    ? null
    : r("ul", {
        class: "taken-cards",
        children: a.map((i) =>
          r(
            "li",
            {
              children: [
                r("span", { children: [i.card, " ", p(i.amountMinor)] }),
                r("button", {
                  type: "button",
                  class: "button quiet",
                  "data-id": `reverse-${i.tender}`,
                  disabled: !g.value,
                  onClick: () => ka(i),
                  children: e.cardBack,
                }),
              ],
            },
            i.tender,
          ),
        ),
      });
}
var zd = 1e3;
function ci({ card: e }) {
  let n = d.value,
    t = e.isAtReader || e.status === "requested" || e.status === "approved";
  return r($, {
    name: "card",
    header: r("h1", {
      class: "title",
      children: r("span", {
        class: "title-text",
        children: e.kind === "pay" ? n.cardTitle : n.cardBackTitle,
      }),
    }),
    bar: t ? r(qd, { card: e }) : r(Zd, { card: e }),
    children: t ? r(Gd, { card: e }) : r(Kd, { card: e }),
  });
}
function Gd({ card: e }) {
  let n = d.value,
    t = e.prompt?.step ?? "connecting";
  return r("section", {
    class: "card-wait",
    "data-id": "card-wait",
    "data-step": t,
    "aria-live": "polite",
    children: [
      r("p", { class: "big", "data-id": "card-amount", children: p(Math.abs(e.amountMinor)) }),
      r(h, { name: "card", size: 72 }),
      r("p", {
        class: "card-step",
        children: e.status === "approved" ? n.cardStep_processing : n[`cardStep_${t}`],
      }),
      r("p", { class: "card-text", children: Ve.value === null ? (e.prompt?.text ?? "") : n.cardEnding }),
      r(Xd, {}, e.tender),
    ],
  });
}
function Xd() {
  let e = x(0);
  return (
    ee(() => {
      let n = setInterval(() => {
        e.value += 1;
      }, zd);
      return () => clearInterval(n);
    }, []),
    r("p", { class: "card-seconds", children: d.value.seconds(e.value) })
  );
}
function qd({ card: e }) {
  let n = d.value,
    t = e.prompt?.canCancel ?? e.status === "requested";
  return r(y, {
    id: "card-cancel",
    tone: "secondary",
    isDisabled: !t,
    onTap: () => ba(e),
    children: t ? n.cardCancel : n.cardNoCancel,
  });
}
function Kd({ card: e }) {
  let n = d.value,
    t = e.orphan !== null;
  return r("section", {
    class: "card-unknown",
    "data-id": "card-unknown",
    "aria-live": "assertive",
    children: [
      r(h, { name: "warning", size: 56 }),
      r("p", { class: "card-unknown-head", children: t ? n.cardOrphan : n.cardUnknown }),
      r("p", {
        class: "big",
        "data-id": "card-amount",
        children: p(Math.abs(e.orphan?.amountMinor ?? e.amountMinor)),
      }),
      r("p", { class: "card-says", children: e.sentence }),
      e.text !== "" && r("p", { class: "card-text", children: e.text }),
      !t && r(jd, { card: e }),
    ],
  });
}
function jd({ card: e }) {
  let n = d.value;
  return r("div", {
    class: "card-ways",
    children: [
      r(y, { id: "card-next", tone: "secondary", onTap: () => Ta(e), children: n.cardNext }),
      r(y, { id: "card-manager", tone: "secondary", onTap: () => ui(e), children: n.cardManager }),
    ],
  });
}
function ui({ tender: e }) {
  T({ kind: "card_case", tender: e });
}
function Zd({ card: e }) {
  let n = d.value;
  return e.orphan === null
    ? r(y, { id: "card-check", tone: "primary", onTap: () => wa(e), children: n.cardCheck })
    : r(y, { id: "card-manager", tone: "primary", onTap: () => ui(e), children: n.cardManager });
}
function pi({ current: e }) {
  let n = d.value,
    t = (o) => C({ type: "continue_refund", order: e.order, inCash: o });
  return r($, {
    name: "give-back",
    header: r(K, { title: n.cardBackTitle, onBack: It }),
    bar: r(y, {
      id: "refund-again",
      tone: "primary",
      isDisabled: !g.value,
      onTap: () => t(!1),
      children: n.cardAgain,
    }),
    children: r("section", {
      class: "card-wait",
      children: [
        r("p", { class: "due-label", children: n.cardLeftToGiveBack }),
        r("p", { class: "big", "data-id": "give-back-left", children: p(e.leftMinor) }),
        r(Lt, {}),
        r("div", {
          class: "card-ways",
          children: r(y, {
            id: "refund-in-cash",
            tone: "secondary",
            isDisabled: !g.value,
            onTap: () => t(!0),
            children: n.cardInCash,
          }),
        }),
      ],
    }),
  });
}
var Dt = w({ forWhat: "", minor: 0 });
function Yd() {
  Dt.value = { forWhat: "", minor: 0 };
}
function fi(e) {
  return `${e.order} ${e.leftMinor}`;
}
function Xn(e) {
  return Dt.value.forWhat === fi(e) ? Dt.value.minor : 0;
}
var Jd = 4;
function hi() {
  let e = k.value,
    n = d.value;
  if ((ee(() => Yd, []), e === null)) return null;
  let t = yn.value;
  return t !== null && ze.value === null
    ? r(ci, { card: t })
    : e.kind === "return"
      ? r(pi, { current: e })
      : r($, {
          name: "tender",
          header: r(K, { title: X.value.readers.length === 0 ? n.cashTender : n.tenderTitle, onBack: It }),
          bar: r(tc, { current: e }),
          children: [
            r(Qd, { current: e }),
            r(li, {}),
            r(Lt, {}),
            r(di, {}),
            r(nc, { current: e }),
            r(Se, {
              keys: bn(),
              onKey: (o) => {
                Dt.value = { forWhat: fi(e), minor: _n(Xn(e), o) };
              },
            }),
          ],
        });
}
function Qd({ current: e }) {
  let n = d.value;
  return r("section", {
    class: "due",
    "aria-live": "polite",
    children: [
      r("div", {
        children: [
          r("p", { class: "due-label", children: e.takenMinor > 0 ? n.leftToPay : n.due }),
          r("p", { class: "big", "data-id": "due", children: p(e.cashLeftMinor) }),
          r("p", { class: "due-taken", children: ec(e) }),
        ],
      }),
      r("div", {
        class: "due-handed",
        "data-empty": Xn(e) === 0,
        children: [
          r("p", { class: "due-label", children: n.handed }),
          r("p", { class: "entry", "data-id": "entered", children: p(Xn(e)) }),
        ],
      }),
    ],
  });
}
function ec(e) {
  let n = d.value;
  if (e.takenMinor > 0) return n.takenSoFar(p(e.takenMinor));
  let t = e.cashLeftMinor - e.leftMinor;
  return t === 0 ? "" : `${n.rounding} ${p(t)}`;
}
function nc({ current: e }) {
  let { currency: n, exponent: t } = I.value ?? { currency: "", exponent: 2 },
    o = d.value,
    a = Math.max(1, Jd - X.value.readers.length);
  return r("div", {
    class: "notes",
    children: [
      r(si, { current: e, enteredMinor: Xn(e) }),
      jo(e.cashLeftMinor, n, t)
        .slice(0, a)
        .map((i, s) =>
          r(
            "button",
            {
              type: "button",
              class: "note",
              "data-id": `note-${i}`,
              disabled: !g.value,
              onClick: () => Un(e, i),
              children: [
                s === 0 && r("span", { class: "note-word", children: o.exact }),
                r("span", { children: kt(i, nn.value) }),
              ],
            },
            i,
          ),
        ),
    ],
  });
}
function tc({ current: e }) {
  let n = d.value,
    t = Xn(e),
    o = e.cashLeftMinor - t,
    a =
      t === 0
        ? n.keyAmount
        : o > 0
          ? n.takePart(p(t), p(o))
          : o < 0
            ? n.takeWithChange(p(t), p(-o))
            : n.takeExact(p(t));
  return r(y, {
    id: "take",
    tone: "primary",
    isDisabled: t === 0 || !g.value,
    onTap: () => Un(e, t),
    children: a,
  });
}
var $t = { gapMs: 35, pauseMs: 100, codeCharsMin: 6, codeCharsMax: 4096, passedCharsMax: 2 },
  sn = { kind: "quiet" },
  ln = { kind: "none", isTaken: !1 },
  mi = { kind: "none", isTaken: !0 },
  qn = { kind: "rejected", isTaken: !1, code: "scan/cut_off" },
  rc = new Set(["Shift", "Control", "Alt", "AltGraph", "Meta", "CapsLock", "NumLock"]);
function _i(e, n, t) {
  let { key: o, atMs: a } = n;
  if (rc.has(o)) return { state: e, verdict: ln };
  let i = o === "Enter" || o === "Tab",
    s = o.length === 1 && o >= " " && o <= "~";
  return e.kind === "dropping" && a - e.lastAtMs < t.pauseMs
    ? { state: { kind: "dropping", lastAtMs: a }, verdict: mi }
    : e.kind !== "burst"
      ? Rr(o, a, !0, s)
      : a - e.lastAtMs > t.gapMs
        ? ic(e, n, t, s)
        : i
          ? ac(e, t, a)
          : s
            ? oc(e, n, t)
            : sc(e, t, a);
}
function yi(e, n) {
  let t = e.kind === "burst" && Kn(e.text, n);
  return { state: sn, verdict: t ? qn : ln };
}
function Rr(e, n, t, o) {
  return o
    ? { state: { kind: "burst", text: e, isClean: t, lastAtMs: n }, verdict: ln }
    : { state: sn, verdict: ln };
}
function oc(e, { key: n, atMs: t }, o) {
  let a = e.text + n;
  if (a.length > o.codeCharsMax)
    return {
      state: { kind: "dropping", lastAtMs: t },
      verdict: { kind: "rejected", isTaken: !0, code: "scan/too_long" },
    };
  let i = Kn(a, o) ? mi : ln;
  return { state: { ...e, text: a, lastAtMs: t }, verdict: i };
}
function ac(e, n, t) {
  let { text: o, isClean: a } = e;
  if (!Kn(o, n)) return { state: sn, verdict: ln };
  if (o.length < n.codeCharsMin || !a)
    return { state: { kind: "dropping", lastAtMs: t }, verdict: { ...qn, isTaken: !0 } };
  let i = Math.min(n.passedCharsMax, o.length);
  return { state: sn, verdict: { kind: "code", isTaken: !0, text: o, passedCount: i } };
}
function ic(e, { key: n, atMs: t }, o, a) {
  let i = t - e.lastAtMs >= o.pauseMs;
  return Kn(e.text, o)
    ? i
      ? { state: Rr(n, t, !0, a).state, verdict: qn }
      : { state: { kind: "dropping", lastAtMs: t }, verdict: { ...qn, isTaken: !0 } }
    : Rr(n, t, i, a);
}
function sc(e, n, t) {
  return Kn(e.text, n)
    ? { state: { kind: "dropping", lastAtMs: t }, verdict: qn }
    : { state: sn, verdict: ln };
}
function Kn(e, n) {
  return e.length > n.passedCharsMax;
}
function gi(e, n) {
  if (e !== "Process" && e !== "Unidentified") return e;
  let [, t, o] = /^(?:(?:Digit|Numpad)([0-9])|Key([A-Z]))$/.exec(n) ?? [];
  return n === "NumpadEnter" || n === "Enter" ? "Enter" : (t ?? o ?? (n === "Tab" ? "Tab" : e));
}
var Vt = sn,
  vi = 0;
function bi() {
  addEventListener("keydown", lc, { capture: !0 });
}
function lc(e) {
  if (e.ctrlKey || e.altKey || e.metaKey) return;
  let n = _i(Vt, { key: gi(e.key, e.code), atMs: e.timeStamp }, $t);
  ((Vt = n.state),
    n.verdict.isTaken && (e.preventDefault(), e.stopPropagation()),
    ki(n.verdict),
    clearTimeout(vi),
    (vi = setTimeout(() => {
      let t = yi(Vt, $t);
      ((Vt = t.state), ki(t.verdict));
    }, $t.pauseMs)));
}
function ki(e) {
  (e.kind === "rejected" && be(d.value.refusedTitle, W(e.code), e.code),
    e.kind === "code" && (dc(e.passedCount), da(e.text)));
}
function dc(e) {
  let n = document.activeElement;
  if (!(n instanceof HTMLInputElement)) return;
  let t = n.selectionEnd ?? n.value.length;
  ((n.value = n.value.slice(0, Math.max(0, t - e)) + n.value.slice(t)),
    n.dispatchEvent(new Event("input", { bubbles: !0 })));
}
function E(e) {
  let n = Y(null);
  ee(() => {
    let o = document.activeElement;
    return (
      n.current?.focus(),
      () => {
        o instanceof HTMLElement && o.focus();
      }
    );
  }, []);
  let t = () => T(null);
  return r("div", {
    class: "sheet-space",
    children: [
      r("div", { class: "sheet-shade", onClick: t }),
      r("div", {
        class: `sheet sheet-${e.name}`,
        "data-id": `sheet-${e.name}`,
        role: e.isUrgent === !0 ? "alertdialog" : "dialog",
        "aria-modal": "true",
        "aria-label": e.title,
        tabIndex: -1,
        ref: n,
        onKeyDown: (o) => {
          o.key === "Escape" && t();
        },
        children: [
          r("div", {
            class: "sheet-head",
            children: [
              r("h2", { children: e.title }),
              r("button", {
                type: "button",
                class: "header-button",
                "data-id": "sheet-close",
                "aria-label": d.value.close,
                onClick: t,
                children: r(h, { name: "close" }),
              }),
            ],
          }),
          r("div", { class: "sheet-body", tabIndex: 0, children: e.children }),
          e.foot !== void 0 && r("div", { class: "sheet-foot", children: e.foot }),
        ],
      }),
    ],
  });
}
function wi({ ask: e, drawer: n }) {
  let t = d.value,
    o = x(0),
    a = x(""),
    i = { float: t.shiftOpenFor(n), pay_in: t.payIn, pay_out: t.payOutCash, drop: t.drop },
    s = e === "float" || (o.value > 0 && a.value !== ""),
    l = () => {
      e === "float"
        ? C({ type: "open_shift", drawer: Co(n), floatMinor: o.value })
        : C({ type: "move_cash", kind: e, amountMinor: o.value, reason: a.value });
    },
    f = r(y, {
      id: "amount-confirm",
      tone: "primary",
      isDisabled: !s || !g.value,
      onTap: l,
      children: [i[e], " ", p(o.value)],
    });
  return r(E, {
    name: "amount",
    title: i[e],
    foot: f,
    children: [
      e !== "float" &&
        r(_e, {
          list: e,
          reason: a.value,
          onReason: (m) => {
            a.value = m;
          },
        }),
      r("p", {
        class: "amount-line",
        children: [
          r("span", { class: "field-label", children: e === "float" ? t.float : t.amount }),
          r("span", { class: "entry", "data-id": "entered", children: p(o.value) }),
        ],
      }),
      r(Se, {
        keys: bn(),
        onKey: (m) => {
          o.value = _n(o.value, m);
        },
      }),
    ],
  });
}
function cc(e) {
  return `${Math.floor(e / 60)}:${String(e % 60).padStart(2, "0")}`;
}
function Ft({ onPin: e }) {
  let n = d.value,
    { sentence: t, triesLeft: o, shakeCount: a, waitsUntilMs: i, isLocked: s } = hn.value,
    l = Math.max(0, Math.ceil((i - mn.value) / 1e3)),
    f = s || l > 0 || !g.value,
    m = Be.value.length;
  return r(_, {
    children: [
      r(
        "div",
        {
          class: "pin-dots",
          "data-wrong": a > 0,
          "data-id": "pin-dots",
          children: [
            r("span", { class: "spoken", "aria-live": "polite", children: n.pinDigits(m) }),
            Array.from({ length: Math.max(Yt, m) }, (c, b) =>
              r("span", { class: "pin-dot", "data-filled": b < m }, b),
            ),
          ],
        },
        a,
      ),
      r("p", {
        class: "pin-said",
        role: "alert",
        "data-id": "pin-said",
        children: [
          t !== "" && r(h, { name: "warning", size: 18 }),
          r("span", {
            children: [l > 0 ? n.pinWait(cc(l)) : t, o !== null && l === 0 && ` ${n.pinTriesLeft(o)}`],
          }),
        ],
      }),
      r(Se, {
        keys: Aa,
        disabledKeys: (c) => f || (c === "ok" && m < Yt),
        onKey: (c) => (c === "ok" ? e(Go()) : zo(c)),
      }),
    ],
  });
}
function Si({ ask: e }) {
  let n = d.value,
    t = Bn(e.right),
    o = x(t.length === 1 ? (t[0]?.clerk ?? "") : ""),
    a = t.find(({ clerk: s }) => s === o.value),
    i = uc(e.command);
  return r(E, {
    name: "approval",
    title: n.approvalTitle,
    children: [
      r("div", {
        class: "approval-what",
        "data-id": "approval-what",
        children: [
          r("span", { children: n[`right_${e.right}`] }),
          i !== null && r("span", { class: "approval-amount", children: p(i) }),
        ],
      }),
      r("p", { class: "field-label", children: a === void 0 ? n.approvalWho : n.pinFor(pe(a.clerk)) }),
      r(j, {
        name: "approver",
        label: n.approvalWho,
        choices: t.map(({ clerk: s, name: l }) => ({ id: s, label: l })),
        chosen: a?.clerk ?? "",
        onChoose: (s) => {
          (Je(), (o.value = s));
        },
      }),
      a !== void 0 && r(Ft, { onPin: (s) => kn(a.clerk, s, "approve", e.command) }),
    ],
  });
}
function uc(e) {
  switch (e.type) {
    case "refund": {
      let n = ge.value?.content?.closings.find((o) => o.closing === e.closing);
      if (n === void 0) return null;
      let t = new Map(e.lines.map(({ line: o, quantityMilli: a }) => [o, a]));
      return Pt(n, t, I.value?.cashRounding ?? null);
    }
    case "void_order":
      return k.value?.order === e.order ? k.value.totalMinor : null;
    case "pay_out_cash":
      return k.value?.order === e.order ? k.value.cashLeftMinor : null;
    case "add_open_item":
      return e.unitPriceMinor;
    case "move_cash":
      return e.amountMinor;
    case "open_shift":
      return e.floatMinor;
    case "close_shift":
      return Ne.value?.open.find(({ shift: n }) => n === e.shift)?.counted?.differenceMinor ?? null;
    default:
      return null;
  }
}
function pc(e) {
  return e.orphan !== null
    ? ["taken_back", "case_opened"]
    : e.isOverridden
      ? ["charged", "not_charged"]
      : ["charged", "not_charged", "go_on"];
}
function fc(e, n, t) {
  let { order: o, tender: a, orphan: i } = e;
  switch (n) {
    case "charged":
      return { type: "judge_tender", order: o, tender: a, as: "captured", reason: t };
    case "not_charged":
      return { type: "judge_tender", order: o, tender: a, as: "failed", reason: t };
    case "go_on":
      return { type: "override_tender", order: o, tender: a, reason: t };
    case "taken_back":
    case "case_opened":
      return i === null
        ? null
        : { type: "settle_orphan", order: o, tender: a, orphan: i.orphan, how: n, reason: t };
  }
}
function Ti({ tender: e }) {
  let n = d.value,
    t = x(""),
    o = x(""),
    a = X.value.tenders.find((l) => l.tender === e);
  if (a === void 0) return null;
  let i = () => {
      let l = t.value === "" ? null : fc(a, t.value, o.value);
      l !== null && C(l);
    },
    s = t.value !== "" && o.value !== "" && g.value;
  return r(E, {
    name: "card-case",
    title: n.cardManager,
    foot: r(y, {
      id: "card-case-confirm",
      tone: "primary",
      isDisabled: !s,
      onTap: i,
      children: n.cardCaseConfirm,
    }),
    children: [
      r("p", {
        class: "card-says",
        children: [p(Math.abs(a.orphan?.amountMinor ?? a.amountMinor)), " · ", a.sentence],
      }),
      r(j, {
        name: "case",
        label: n.cardCaseWhat,
        choices: pc(a).map((l) => ({ id: l, label: n[`cardCase_${l}`] })),
        chosen: t.value,
        onChoose: (l) => {
          t.value = l;
        },
      }),
      r(_e, {
        list: "card",
        reason: o.value,
        onReason: (l) => {
          o.value = l;
        },
      }),
    ],
  });
}
function Wt({ current: e }) {
  let n = d.value,
    t = e.pricing?.rows ?? [];
  return t.length === 0
    ? null
    : r("ul", {
        class: "price-rows",
        "data-id": "price-rows",
        children: [
          t.map((o) => r(hc, { current: e, row: o }, `${o.kind} ${o.name} ${o.adjustment ?? ""}`)),
          r("li", {
            class: "price-row price-total",
            children: [
              r("span", { class: "price-name", children: n.total }),
              r("span", { class: "line-amount", children: p(e.totalMinor) }),
            ],
          }),
        ],
      });
}
function hc({ current: e, row: n }) {
  let t = d.value,
    { adjustment: o } = n,
    a = n.name === "" || n.name === "rounding" ? t[`price_${n.kind}`] : n.name;
  return r("li", {
    class: "price-row",
    "data-id": `price-${n.kind}`,
    children: [
      r("span", { class: "price-name", children: a }),
      n.kind !== "coupon" && r("span", { children: p(n.amountMinor) }),
      o !== null &&
        r("button", {
          type: "button",
          class: "square quiet danger",
          "data-id": "withdraw",
          "aria-label": t.takeBack(a),
          disabled: !g.value,
          onClick: () => C({ type: "withdraw_adjustment", order: e.order, adjustment: o }),
          children: r(h, { name: "close", size: 18 }),
        }),
    ],
  });
}
function Ci(e) {
  let n = d.value,
    { price: t, version: o } = e;
  return t === void 0 || t.steps.length < 2
    ? null
    : r("ul", {
        class: "price-rows",
        "data-id": "price-steps",
        "aria-label": n.whyThisPrice,
        children: [
          t.steps.map((a, i) =>
            r(
              "li",
              {
                class: "price-row",
                children: [
                  r("span", { class: "price-stage", children: a.stageNumber ?? "" }),
                  r("span", { class: "price-name", children: mc(a) }),
                  r("span", { children: p(a.amountMinor) }),
                ],
              },
              `${i} ${a.name}`,
            ),
          ),
          r("li", {
            class: "price-row price-total",
            children: [
              r("span", { class: "price-name", children: o === null ? n.total : n.byRules(o) }),
              r("span", { class: "line-amount", children: p(t.paidMinor) }),
            ],
          }),
        ],
      });
}
function mc({ kind: e, name: n }) {
  let t = d.value,
    o = e === "promotion" ? t.price_discount : t[`price_${e}`];
  return n === "" || n === "rounding" ? o : n;
}
function Mi() {
  let e = d.value,
    n = k.value,
    t = Y(null),
    o = n?.lines.length ?? 0;
  return (
    ee(() => {
      t.current?.lastElementChild?.scrollIntoView({ block: "nearest" });
    }, [o]),
    ee(() => {
      o === 0 && T(null);
    }, [o]),
    n === null
      ? null
      : r(E, {
          name: "cart",
          title: `${e.cart} · ${e.items(n.itemCount)}`,
          foot: n.phase === "open" ? r(_c, { current: n }) : void 0,
          children: [
            n.label !== "" && r("p", { class: "cart-label", children: n.label }),
            r("ul", {
              class: "lines",
              ref: t,
              children: n.lines.map((a) => r(yc, { current: n, line: a }, a.line)),
            }),
            r(Wt, { current: n }),
            n.phase === "open" &&
              n.kind === "sale" &&
              r("button", {
                type: "button",
                class: "button secondary",
                "data-id": "price",
                onClick: () => T({ kind: "price" }),
                children: e.priceTitle,
              }),
          ],
        })
  );
}
function _c({ current: e }) {
  let n = d.value,
    t = e.kind === "sale" && e.totalMinor > 0;
  return r(_, {
    children: [
      r("button", {
        type: "button",
        class: "square quiet danger",
        "data-id": "void",
        "aria-label": n.cancelOrder,
        onClick: () => T({ kind: "reason", ask: "void" }),
        children: r(h, { name: "remove" }),
      }),
      r("button", {
        type: "button",
        class: "button secondary",
        "data-id": "park",
        onClick: () => T({ kind: "park" }),
        children: [r(h, { name: "pause", size: 20 }), n.park],
      }),
      t &&
        r("button", {
          type: "button",
          class: "button primary pay",
          "data-id": "cart-pay",
          disabled: !g.value,
          onClick: Nt,
          children: [
            r("span", { children: n.pay }),
            r("span", { class: "pay-amount", children: p(e.totalMinor) }),
          ],
        }),
    ],
  });
}
function yc({ current: e, line: n }) {
  let t = d.value,
    o = ae(n.sku, n.name);
  return r("li", {
    class: "line",
    children: [
      r("button", {
        type: "button",
        class: "line-head",
        "data-id": "line",
        onClick: () => T({ kind: "line", line: n.line }),
        children: [
          r("span", { class: "spoken", children: t.lineOf }),
          r("span", {
            class: "line-name",
            children: [
              o,
              r("span", { class: "line-each", children: t.each(p(n.unitPriceMinor)) }),
              n.note !== "" && r("span", { class: "line-note", children: n.note }),
            ],
          }),
          r("span", { class: "line-amount", children: p(n.amountMinor) }),
          r(h, { name: "note", size: 18 }),
        ],
      }),
      r(Or, { current: e, line: n, name: o }),
    ],
  });
}
function Or(e) {
  let { current: n, line: t, name: o } = e,
    a = d.value;
  return r("div", {
    class: "line-tools",
    children: [
      r("span", {
        class: "stepper",
        children: [
          r("button", {
            type: "button",
            class: "square",
            "data-id": "minus",
            "aria-label": a.oneMinus(o),
            onClick: () => ma(n.order, t),
            children: r(h, { name: "minus" }),
          }),
          r("span", { class: "line-quantity", "data-id": "quantity", children: le(se(t.quantityMilli)) }),
          r("button", {
            type: "button",
            class: "square",
            "data-id": "plus",
            "aria-label": a.onePlus(o),
            onClick: () => ha(n.order, t),
            children: r(h, { name: "plus" }),
          }),
        ],
      }),
      r("span", { class: "space" }),
      r("button", {
        type: "button",
        class: "square quiet danger",
        "data-id": "remove",
        "aria-label": a.removeLine(o),
        onClick: () => _a(n.order, t),
        children: r(h, { name: "remove" }),
      }),
    ],
  });
}
var gc = [5, 10, 15, 20, 30, 50, 100],
  vc = 1e4,
  xi = "own";
function Ri({ line: e }) {
  let n = d.value,
    t = x(""),
    o = x(0),
    a = x(""),
    i = k.value;
  if (i === null) return null;
  let s = t.value === xi,
    l = a.value !== "" && (s ? o.value > 0 : t.value !== ""),
    f = i.lines.find((S) => S.line === e),
    m = f === void 0 ? n.discountOrder : n.discountFor(ae(f.sku, f.name)),
    c = () =>
      C({
        type: "give_discount",
        order: i.order,
        line: e,
        ratePpm: s ? null : Number(t.value) * vc,
        amountMinor: s ? o.value : 0,
        reason: a.value,
      }),
    b = r(y, {
      id: "discount-confirm",
      tone: "primary",
      isDisabled: !l || !g.value,
      onTap: c,
      children: s ? n.discountGive(p(o.value)) : n.discountGive(`${t.value} %`),
    });
  return r(E, {
    name: "discount",
    title: m,
    foot: b,
    children: [
      r(j, {
        name: "percent",
        label: n.discount,
        choices: [...gc.map((S) => ({ id: String(S), label: `${S} %` })), { id: xi, label: n.amount }],
        chosen: t.value,
        onChoose: (S) => {
          t.value = S;
        },
      }),
      r(_e, {
        list: "discount",
        reason: a.value,
        onReason: (S) => {
          a.value = S;
        },
      }),
      s &&
        r(_, {
          children: [
            r("p", {
              class: "amount-line",
              children: [
                r("span", { class: "field-label", children: n.amount }),
                r("span", { class: "entry", "data-id": "entered", children: p(o.value) }),
              ],
            }),
            r(Se, {
              keys: bn(),
              onKey: (S) => {
                o.value = _n(o.value, S);
              },
            }),
          ],
        }),
    ],
  });
}
var Oi = 60,
  Ni = 3600;
function Ii() {
  let e = d.value,
    n = ue.value,
    t = ke.value;
  return n === null
    ? null
    : r(E, {
        name: "health",
        title: e.health,
        children: [
          r("div", {
            class: "health-light",
            "data-light": n.light,
            children: [
              r("span", { class: "light-dot" }),
              r("div", {
                children: [
                  r("p", { class: "health-head", children: e[`light_${n.light}`] }),
                  r("p", { children: e[`healthLight_${n.light}`] }),
                ],
              }),
            ],
          }),
          n.isTraining &&
            r(Te, { icon: "training", name: e.training, sentence: W("training/on"), isWarning: !0 }),
          r(Te, { icon: "up", name: e.healthRecords, sentence: Tc(n, t) }),
          r(Te, {
            icon: n.link === "up" ? "link" : "unlink",
            name: e.healthLink,
            sentence: n.link === "down" ? W("link/down") : e[`healthLink_${n.link}`],
            isWarning: n.link === "down",
          }),
          t !== null &&
            r(Te, { icon: "shield", name: e.healthSwap, sentence: Mc(n, t), isWarning: !t.isSafeToSwap }),
          r(kc, { now: n, panel: t }),
          r(bc, {}),
          r(Te, {
            icon: "disk",
            name: e.healthDisk,
            sentence: n.disk === "ok" ? e.healthDisk_ok : W(`disk/${n.disk}`),
            isWarning: n.disk !== "ok",
          }),
          r(Te, {
            icon: "clock",
            name: e.healthClock,
            sentence: n.clockFlag === "none" ? e.healthClockOk : W(`clock/${n.clockFlag}`),
            isWarning: n.clockFlag !== "none",
          }),
          t !== null && r(Sc, { now: n, panel: t }),
          t !== null &&
            r(Te, { icon: "settings", name: e.healthTerminal, sentence: `${t.terminal} · ${t.version}` }),
        ],
      });
}
function kc({ now: e, panel: n }) {
  let t = d.value,
    { printer: o } = e,
    a = o === "none" || o === "unknown" || o === "ready",
    i = e.isPaperLow && o === "ready",
    s = i ? W("printer/paper_low") : a ? t[`healthPrinter_${o}`] : W(`printer/${o}`),
    l = n !== null && n.printerName !== "" ? `${t.healthPrinter} ${n.printerName}` : t.healthPrinter;
  return r(Te, { icon: "printer", name: l, sentence: s, isWarning: !a || i });
}
function bc() {
  let e = d.value;
  return r(_, {
    children: X.value.readers.map((n) =>
      r(
        "div",
        {
          children: [
            r(Te, {
              icon: "card",
              name: `${e.healthReader} ${n.name} ${n.model} ${n.serial}`.trim(),
              sentence: n.sentence === "" ? e[`readerLink_${n.link}`] : n.sentence,
              isWarning: n.link === "down" || n.link === "needs_attention",
            }),
            D.value !== "" &&
              n.serial !== "" &&
              r("div", {
                class: "health-tools",
                children: r("button", {
                  type: "button",
                  class: "button quiet",
                  "data-id": `close-day-${n.name}`,
                  onClick: () => Sa(n.name),
                  children: e.readerDay,
                }),
              }),
            r(wc, { reader: n.name }),
          ],
        },
        n.name,
      ),
    ),
  });
}
function wc({ reader: e }) {
  let n = d.value,
    t = ke.value?.readerDays.find((o) => o.reader === e);
  return t === void 0
    ? null
    : r(_, {
        children: [
          r(Te, {
            icon: "shield",
            name: n.readerDayLast(t.closedText),
            sentence: t.cases.length === 0 ? n.readerDayAgrees : n.readerDayDiffers,
            isWarning: t.cases.length > 0,
          }),
          r("div", {
            class: "health-tools",
            children: r("button", {
              type: "button",
              class: "button quiet",
              "data-id": `reader-day-${e}`,
              onClick: () => T({ kind: "reader_day", reader: e }),
              children: n.readerDayShow(t.cases.length),
            }),
          }),
        ],
      });
}
function Sc({ now: e, panel: n }) {
  let t = d.value;
  return D.value === ""
    ? null
    : r("div", {
        class: "health-tools",
        children: [
          e.clockFlag !== "none" &&
            r("button", {
              type: "button",
              class: "button quiet",
              "data-id": "trust-clock",
              onClick: () => Q({ type: "trust_clock" }),
              children: t.trustClock,
            }),
          n.lockedClerks.map((o) =>
            r(
              "button",
              {
                type: "button",
                class: "button quiet",
                "data-id": `unlock-${o}`,
                onClick: () => Q({ type: "unlock_clerk", clerk: o }),
                children: [r(h, { name: "lock", size: 20 }), t.unlock(pe(o))],
              },
              o,
            ),
          ),
        ],
      });
}
function Tc(e, n) {
  let t = d.value,
    o = t.healthUnsent(e.unsentCount, e.unsentSalesCount),
    a = n?.oldestUnsentSeconds ?? null;
  return a === null ? o : `${o} ${t.healthOldest(Cc(a))}`;
}
function Cc(e) {
  let n = d.value;
  return e < Oi ? n.seconds(e) : e < Ni ? n.minutes(Math.floor(e / Oi)) : n.hours(Math.floor(e / Ni));
}
function Mc(e, n) {
  let t = d.value;
  return n.isSafeToSwap
    ? t.healthSwapYes
    : e.link === "none"
      ? t.healthSwapAlone
      : t.healthSwapNo(n.unsentCount);
}
function Te(e) {
  return r("div", {
    class: "health-row",
    "data-warn": e.isWarning ?? !1,
    children: [
      r(h, { name: e.isWarning === !0 ? "warning" : e.icon }),
      r("p", { class: "health-name", children: e.name }),
      r("p", { class: "health-says", children: e.sentence }),
    ],
  });
}
var xc = ["noteNoSugar", "noteNoIce", "noteHot", "noteToGo", "noteGift"];
function Ei({ lineId: e }) {
  let n = d.value,
    t = Y(null),
    o = k.value,
    a = o?.lines.find((m) => m.line === e),
    i = a === void 0;
  if (
    (ee(() => {
      i && T({ kind: "cart" });
    }, [i]),
    o === null || a === void 0)
  )
    return null;
  let s = () => {
      (ya(o.order, a, t.current?.value ?? ""), T({ kind: "cart" }));
    },
    l = (m) => {
      if (t.current === null) return;
      let { value: c } = t.current;
      t.current.value = c === "" ? m : `${c}, ${m}`.slice(0, Qt);
    },
    f = ae(a.sku, a.name);
  return r(E, {
    name: "line",
    title: f,
    foot: r(y, { id: "save-note", tone: "primary", onTap: s, children: n.saveNote }),
    children: [
      r("p", {
        class: "line-sum",
        children: [
          r("span", { children: n.each(p(a.unitPriceMinor)) }),
          r("span", { class: "line-amount", children: p(a.amountMinor) }),
        ],
      }),
      r(Rc, { current: o, line: a }),
      r(Or, { current: o, line: a, name: f }),
      r("input", {
        ref: t,
        class: "text-entry",
        "data-id": "note-text",
        type: "text",
        maxLength: Qt,
        placeholder: n.notePlaceholder,
        "aria-label": n.noteFor(f),
        defaultValue: a.note,
        onKeyDown: (m) => {
          m.key === "Enter" && s();
        },
      }),
      r("div", {
        class: "choices",
        children: xc.map((m) =>
          r(
            "button",
            { type: "button", class: "chip", "data-id": m, onClick: () => l(n[m]), children: n[m] },
            m,
          ),
        ),
      }),
    ],
  });
}
function Rc({ current: e, line: n }) {
  return r(_, {
    children: [
      r(Ci, { price: e.pricing?.lines.find((t) => t.line === n.line), version: e.pricing?.version ?? null }),
      e.phase === "open" &&
        e.kind === "sale" &&
        r("button", {
          type: "button",
          class: "button secondary",
          "data-id": "line-discount",
          onClick: () => T({ kind: "discount", line: n.line }),
          children: d.value.discount,
        }),
    ],
  });
}
function Pi() {
  let e = d.value,
    n = I.value?.staff.find((o) => o.clerk === D.value),
    t = (k.value?.lines.length ?? 0) > 0 && k.value?.phase === "open";
  return r(E, {
    name: "menu",
    title: e.more,
    children: r("div", {
      class: "menu",
      children: [
        r(Pe, { icon: "language", id: "language", label: e.otherLanguage, onTap: Oc }),
        n !== void 0 &&
          r(_, {
            children: [
              t &&
                r(Pe, {
                  icon: "pause",
                  id: "menu-park",
                  label: e.parkOrder,
                  onTap: () => T({ kind: "park" }),
                }),
              r(Pe, {
                icon: "orders",
                id: "menu-orders",
                label: e.todaysOrders,
                onTap: () => M({ room: "orders" }),
              }),
              r(Pe, { icon: "drawer", id: "menu-shift", label: e.shift, onTap: () => M({ room: "shift" }) }),
              r(Pe, { icon: "stock", id: "menu-stock", label: e.stock, onTap: () => M({ room: "stock" }) }),
              r(Nc, { me: n }),
              r(Pe, {
                icon: "settings",
                id: "menu-settings",
                label: e.settings,
                onTap: () => M({ room: "settings" }),
              }),
            ],
          }),
        r(Pe, { icon: "shield", id: "menu-health", label: e.health, onTap: () => T({ kind: "health" }) }),
        n !== void 0 && r(Pe, { icon: "lock", id: "switch-clerk", label: e.switchClerk, onTap: Ot }),
      ],
    }),
  });
}
function Oc() {
  (Et(Ge.value === "zh" ? "en" : "zh"), T(null));
}
function Nc({ me: e }) {
  let n = d.value,
    t = ue.value?.isTraining ?? !1;
  if (!t && !e.rights.includes("training")) return null;
  let o = t ? "leave_training" : "enter_training",
    a = () => {
      e.hasPin ? T({ kind: "pin", who: e, ask: o }) : kn(e.clerk, "", o, null);
    },
    i = t ? n.trainingLeave : n.trainingEnter;
  return r(Pe, { icon: "training", id: "menu-training", label: i, onTap: a });
}
function Pe(e) {
  return r("button", {
    type: "button",
    class: "menu-row",
    "data-id": e.id,
    onClick: e.onTap,
    children: [r(h, { name: e.icon }), e.label],
  });
}
var Ic = new Set(["shift/not_open", "shift/ambiguous"]);
function Ai(e) {
  let n = d.value,
    o =
      Ic.has(e.code) && D.value !== ""
        ? r(y, { id: "to-shift", tone: "primary", onTap: () => M({ room: "shift" }), children: n.shiftOpen })
        : r(y, { id: "understood", tone: "primary", onTap: () => T(null), children: n.understood });
  return r(E, {
    name: "message",
    title: e.title,
    foot: o,
    isUrgent: !0,
    children: r(Di, { sentence: e.sentence, code: e.code }),
  });
}
function Li(e) {
  let n = ce.value,
    t = d.value;
  if (n === null) return null;
  let o = r(y, {
    id: "sheet-reprint",
    tone: "primary",
    icon: "printer",
    onTap: () => Ee(n.order),
    children: t.reprint,
  });
  return r(E, {
    name: "print",
    title: t.notPrintedTitle,
    foot: o,
    isUrgent: !0,
    children: r(Di, { sentence: e.sentence, code: e.code }),
  });
}
function Di({ sentence: e, code: n }) {
  return r(_, { children: [r("p", { class: "said", children: e }), r("p", { class: "code", children: n })] });
}
function $i() {
  let e = d.value,
    n = Y(null),
    t = k.value;
  if (t === null) return null;
  let o = () => C({ type: "park_order", order: t.order, label: (n.current?.value ?? "").trim() }),
    a = r(y, {
      id: "park-confirm",
      tone: "primary",
      icon: "pause",
      isDisabled: !g.value,
      onTap: o,
      children: e.park,
    });
  return r(E, {
    name: "park",
    title: e.parkOrder,
    foot: a,
    children: [
      r("label", { class: "field-label", for: "park-label", children: e.parkLabel }),
      r("input", {
        ref: n,
        id: "park-label",
        class: "text-entry",
        "data-id": "park-label",
        type: "text",
        maxLength: 200,
        defaultValue: t.label,
        onKeyDown: (i) => {
          i.key === "Enter" && o();
        },
      }),
    ],
  });
}
function Vi(e) {
  let { who: n, ask: t } = e;
  return r(E, {
    name: "pin",
    title: d.value.pinFor(n.name),
    children: r(Ft, { onPin: (o) => kn(n.clerk, o, t, null) }),
  });
}
var Nr = "none",
  Lc = 1e4;
function Fi() {
  let e = d.value,
    n = k.value;
  return n === null || n.phase !== "open"
    ? null
    : r(E, {
        name: "price",
        title: e.priceTitle,
        foot: r(y, {
          id: "price-done",
          tone: "primary",
          onTap: () => T({ kind: "cart" }),
          children: e.understood,
        }),
        children: [
          r("div", {
            class: "menu",
            children: [
              r("button", {
                type: "button",
                class: "button secondary",
                "data-id": "discount",
                onClick: () => T({ kind: "discount", line: null }),
                children: e.discountOrder,
              }),
              n.pricing?.canRound === !0 && r(Dc, { current: n }),
            ],
          }),
          r(Ir, {
            id: "coupon",
            label: e.coupon,
            lengthMax: 32,
            onText: (t) => C({ type: "enter_coupon", order: n.order, code: t }),
          }),
          r(Ir, {
            id: "tier",
            label: e.memberTier,
            lengthMax: 32,
            onText: (t) => C({ type: "set_tier", order: n.order, tier: t }),
          }),
          r(Ir, {
            id: "guests",
            label: e.guests,
            lengthMax: 4,
            onText: (t) => {
              /^[0-9]+$/.test(t) && C({ type: "set_guests", order: n.order, guestCount: Number(t) });
            },
          }),
          r($c, { current: n }),
          r(Wt, { current: n }),
        ],
      });
}
function Dc({ current: e }) {
  let n = d.value,
    t = e.pricing?.isRounded === !0;
  return r("button", {
    type: "button",
    class: "button secondary",
    "data-id": "round",
    "aria-pressed": t,
    disabled: !g.value,
    onClick: () => C({ type: "round_order", order: e.order, isGiven: !t }),
    children: t ? n.roundBack : n.roundOrder,
  });
}
function Ir(e) {
  let n = Y(null),
    t = d.value,
    o = () => {
      let a = n.current?.value.trim() ?? "";
      a !== "" && (e.onText(a), n.current !== null && (n.current.value = ""));
    };
  return r("div", {
    class: "price-entry",
    children: [
      r("input", {
        ref: n,
        class: "text-entry",
        "data-id": `${e.id}-text`,
        type: "text",
        maxLength: e.lengthMax,
        placeholder: e.label,
        "aria-label": e.label,
        onKeyDown: (a) => {
          a.key === "Enter" && o();
        },
      }),
      r("button", {
        type: "button",
        class: "button secondary",
        "data-id": `${e.id}-enter`,
        disabled: !g.value,
        onClick: o,
        children: t.enter,
      }),
    ],
  });
}
function $c({ current: e }) {
  let n = d.value,
    t = e.pricing?.tipPresets ?? [];
  if (t.length === 0) return null;
  let o = e.pricing?.rows.find(({ kind: i }) => i === "tip")?.amountMinor ?? 0,
    a = t.find(({ amountMinor: i }) => i === o)?.ratePpm;
  return r(j, {
    name: "tip",
    label: n.price_tip,
    choices: [
      { id: Nr, label: n.noTip },
      ...t.map(({ ratePpm: i, amountMinor: s }) => ({ id: String(i), label: `${i / Lc} % · ${p(s)}` })),
    ],
    chosen: o === 0 ? Nr : String(a ?? ""),
    onChoose: (i) =>
      C({ type: "set_tip", order: e.order, ratePpm: i === Nr ? null : Number(i), amountMinor: 0 }),
  });
}
function Wi({ reader: e }) {
  let n = d.value,
    t = ke.value?.readerDays.find((o) => o.reader === e);
  return r(E, {
    name: "reader-day",
    title: n.readerDayTitle,
    children: t === void 0 ? r("p", { class: "day-says", children: n.readerDayNone }) : r(Vc, { day: t }),
  });
}
function Vc({ day: e }) {
  let n = d.value,
    t = e.cases.length === 0;
  return r(_, {
    children: [
      r("p", { class: "day-head", children: `${e.reader} · ${e.serial} · ${e.closedText}` }),
      r("p", {
        class: "day-says",
        "data-id": "day-says",
        "data-count": e.cases.length,
        role: "status",
        children: [
          r(h, { name: t ? "shield" : "warning", size: 24 }),
          r("span", { children: t ? n.readerDayAgrees : n.readerDayDiffers }),
        ],
      }),
      e.rows.length === 0
        ? r("p", { class: "day-says", children: n.readerDayNothing })
        : r(Fc, { rows: e.rows }),
      !t && r("ul", { class: "day-cases", children: e.cases.map((o, a) => r(Wc, { its: o }, a)) }),
    ],
  });
}
function Fc({ rows: e }) {
  let n = d.value;
  return r("table", {
    class: "day-rows",
    children: [
      r("thead", {
        children: r("tr", {
          children: [
            r("th", { scope: "col", children: n.dayBrand }),
            r("th", { scope: "col", children: n.dayAtReader }),
            r("th", { scope: "col", children: n.dayInJournal }),
          ],
        }),
      }),
      r("tbody", {
        children: e.map((t) => {
          let o = t.readerMinor === t.journalMinor;
          return r(
            "tr",
            {
              "data-differs": !o,
              children: [
                r("th", { scope: "row", children: t.brand === "" ? n.dayOther : t.brand }),
                r("td", {
                  children: [
                    p(t.readerMinor),
                    " ",
                    r("span", { class: "day-count", children: ["× ", t.readerCount] }),
                  ],
                }),
                r("td", {
                  children: [
                    p(t.journalMinor),
                    " ",
                    r("span", { class: "day-count", children: ["× ", t.journalCount] }),
                  ],
                }),
              ],
            },
            t.brand,
          );
        }),
      }),
    ],
  });
}
function Wc({ its: e }) {
  let n = d.value,
    { kind: t, brand: o, order: a, isAtReader: i } = e,
    s = n[`dayCase_${t}`](p(Math.abs(e.amountMinor)), e.label),
    l = t === "unknown" || t === "orphan";
  return r("li", {
    class: "day-case",
    "data-id": `day-case-${t}`,
    children: [
      o !== "" && r("p", { class: "day-brand", children: o }),
      r("p", { children: [s, l && ` ${i ? n.dayIsAtReader : n.dayIsNotAtReader}`] }),
      a !== null &&
        r("button", {
          type: "button",
          class: "button quiet",
          onClick: () => M({ room: "order", order: a, from: "orders" }),
          children: n.dayOrder,
        }),
    ],
  });
}
function Bi({ ask: e }) {
  let n = d.value,
    t = x(""),
    o = k.value,
    a = e === "void",
    i = () => {
      a
        ? o !== null && C({ type: "void_order", order: o.order, reason: t.value })
        : C({ type: "open_drawer", reason: t.value });
    },
    s = r(y, {
      id: "reason-confirm",
      tone: a ? "danger" : "primary",
      isDisabled: t.value === "" || !g.value,
      onTap: i,
      children: t.value === "" ? n.reasonChoose : a ? n.cancelConfirm : n.noSale,
    });
  return r(E, {
    name: "reason",
    title: a ? n.cancelOrder : n.noSale,
    foot: s,
    children: r(_e, {
      list: e,
      reason: t.value,
      onReason: (l) => {
        t.value = l;
      },
    }),
  });
}
function Ui(e, n) {
  let t = Er(n)
    .split(/\s+/)
    .filter((a) => a !== "");
  if (t.length === 0) return [];
  let o = [];
  for (let a of e) {
    let i = Er(`${a.nameEn} ${a.nameZh}`),
      s = Er(a.sku);
    if ((t.every((l) => i.includes(l) || s.startsWith(l)) && o.push(a), o.length === $e)) break;
  }
  return o;
}
function Er(e) {
  return e.normalize("NFKC").toLowerCase();
}
function Hi() {
  let e = d.value,
    n = x(""),
    t = Y(null);
  ee(() => t.current?.focus(), []);
  let o = Ui(I.value?.items ?? [], n.value);
  return r(E, {
    name: "search",
    title: e.search,
    children: [
      r("input", {
        ref: t,
        class: "text-entry",
        "data-id": "query",
        type: "search",
        autocomplete: "off",
        placeholder: e.searchPlaceholder,
        "aria-label": e.search,
        onInput: (a) => {
          n.value = a.currentTarget.value;
        },
      }),
      r("div", {
        class: "scroll found",
        children:
          o.length > 0
            ? r(xr, { items: o })
            : r("p", { class: "hint", children: n.value.trim() === "" ? e.searchBegin : e.searchNothing }),
      }),
    ],
  });
}
function zi() {
  let e = F.value;
  switch (e?.kind) {
    case void 0:
      return null;
    case "cart":
      return r(Mi, {});
    case "line":
      return r(Ei, { lineId: e.line });
    case "price":
      return r(Fi, {});
    case "discount":
      return r(Ri, { line: e.line }, e.line ?? "");
    case "menu":
      return r(Pi, {});
    case "health":
      return r(Ii, {});
    case "search":
      return r(Hi, {});
    case "park":
      return r($i, {});
    case "reason":
      return r(Bi, { ask: e.ask }, e.ask);
    case "amount":
      return r(wi, { ask: e.ask, drawer: e.drawer }, e.ask);
    case "pin":
      return r(Vi, { who: e.who, ask: e.ask }, e.who.clerk);
    case "approval":
      return r(Si, { ask: e.ask });
    case "card_case":
      return r(Ti, { tender: e.tender }, e.tender);
    case "reader_day":
      return r(Wi, { reader: e.reader });
    case "message":
      return r(Ai, { title: e.title, sentence: e.sentence, code: e.code });
    case "print":
      return r(Li, { sentence: e.sentence, code: e.code });
  }
}
function Bc() {
  return I.value === null
    ? r("p", { class: "starting", children: d.value.connecting })
    : r("div", {
        class: "app",
        "data-training": ue.value?.isTraining ?? !1,
        children: [
          r(Uc, {}),
          r(zi, {}),
          r("div", {
            class: "toast",
            role: "status",
            "data-id": "toast",
            "data-shown": en.value !== "",
            children: en.value,
          }),
          r("div", { class: "training-frame", "aria-hidden": "true" }),
          r("div", { class: "shade", "aria-hidden": "true" }),
        ],
      });
}
function Uc() {
  let e = gn.value;
  switch (e.room) {
    case "sign_on":
      return r(ai, {});
    case "sale":
      return r(ei, {});
    case "tender":
      return r(hi, {});
    case "orders":
      return r(Ga, {});
    case "order":
      return r(Fa, { shown: e });
    case "refund":
      return r(qa, { shown: e });
    case "shift":
      return r(ri, {});
    case "count":
      return r(La, { shown: e });
    case "stock":
      return r(ii, {});
    case "settings":
      return r(ni, {});
  }
}
Ia();
bi();
Ma();
var Gi = document.querySelector("#app");
Gi !== null && qr(r(Bc, {}), Gi);
