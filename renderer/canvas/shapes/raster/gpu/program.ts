import { FRAGMENT_SHADER, VERTEX_SHADER } from './shaders.ts'

/** The shaders, ready to draw. */
export interface Program {
  /** Gives them a value for the pictures from now on. */
  set(name: string, ...values: [number] | [number, number] | [number, number, number, number]): void
}

/** @throws Error when the shaders cannot be compiled here. */
export function createProgram(gl: WebGL2RenderingContext): Program {
  const program = gl.createProgram()
  for (const [type, source] of [[gl.VERTEX_SHADER, VERTEX_SHADER], [gl.FRAGMENT_SHADER, FRAGMENT_SHADER]] as const) {
    const shader = gl.createShader(type)
    if (shader === null) throw new Error('The graphics processor is gone')
    gl.shaderSource(shader, source)
    gl.compileShader(shader)
    gl.attachShader(program, shader)
    if (gl.getShaderParameter(shader, gl.COMPILE_STATUS) !== true) throw new Error(gl.getShaderInfoLog(shader) ?? 'A shader was refused')
  }
  gl.linkProgram(program)
  if (gl.getProgramParameter(program, gl.LINK_STATUS) !== true) throw new Error(gl.getProgramInfoLog(program) ?? 'The shaders do not fit')
  gl.useProgram(program)
  for (const [unit, name] of ['points', 'bounds', 'looks'].entries()) gl.uniform1i(gl.getUniformLocation(program, name), unit)
  return {
    set(name, ...values) {
      const place = gl.getUniformLocation(program, name)
      if (values.length === 1) gl.uniform1f(place, ...values)
      else if (values.length === 2) gl.uniform2f(place, ...values)
      else gl.uniform4f(place, ...values)
    },
  }
}
